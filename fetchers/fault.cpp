#include "fetchers/fault.h"

namespace agreementd::fetchers {

Fault fault_of(CURLcode code, bool answered) {
  // CURLE_TOO_LARGE, of libcurl 8.6 and later, which says CURLE_OUT_OF_MEMORY before.
  constexpr int curle_too_large = 100;
  if (static_cast<int>(code) == curle_too_large) return Fault::too_large;
  switch (code) {
    case CURLE_OK:
      return Fault::none;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Fault::dns;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_CLIENTCERT:
    case CURLE_USE_SSL_FAILED:
      return Fault::tls;
    case CURLE_OPERATION_TIMEDOUT:
      return Fault::timeout;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_OUT_OF_MEMORY:
      return Fault::too_large;
    case CURLE_COULDNT_CONNECT:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
      return Fault::connection;
    default:
      // A body cut off, chunks or frames that are none, what cannot be decompressed.
      return answered ? Fault::broken : Fault::connection;
  }
}

}  // namespace agreementd::fetchers
