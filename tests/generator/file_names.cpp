#include "tests/generator/file_names.h"

#include <fmt/format.h>

namespace agreementd::generator {

std::string digits_of(Day day) {
  const std::chrono::year_month_day date{day};
  return fmt::format("{:02}{:02}{:04}", static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), static_cast<int>(date.year()));
}

std::string moa_file_name(const Body& body, const std::string& model, Day signed_on, int copy) {
  std::string name;
  for (const char c : body.name)
    if (c != ' ' && c != '\'' && c != '.') name += c;
  return fmt::format("{}{}{}Moa{}{}.pdf", name, body.state, model, digits_of(signed_on),
                     copy == 1 ? "" : fmt::format("-{}", copy));
}

std::string MoaNames::name(const Body& body, const std::string& model, Day signed_on) {
  auto name = moa_file_name(body, model, signed_on);
  for (int copy = 2; !taken_.insert(plain(name)).second; ++copy)
    name = moa_file_name(body, model, signed_on, copy);
  return name;
}

}  // namespace agreementd::generator
