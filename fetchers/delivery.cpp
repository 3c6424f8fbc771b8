#include "fetchers/delivery.h"

namespace agreementd::fetchers {

std::string_view to_string(Delivery delivery) {
  switch (delivery) {
    case Delivery::delivered:
      return "delivered";
    case Delivery::refused:
      return "refused";
    case Delivery::gone:
      return "gone";
    case Delivery::failed:
      break;
  }
  return "failed";
}

Delivery delivery_of_status(int status) {
  if (status >= 200 && status <= 299) return Delivery::delivered;
  if (status == 410) return Delivery::gone;
  const bool later = status == 408 || status == 425 || status == 429;
  return status >= 400 && status <= 499 && !later ? Delivery::refused : Delivery::failed;
}

}  // namespace agreementd::fetchers
