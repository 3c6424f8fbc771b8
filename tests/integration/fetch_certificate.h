#pragma once

#include <memory>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "tests/integration/fetch_tls_server.h"

namespace agreementd::fetchers {

struct CloseOpenSsl {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
};

/// A key, and a certificate of it signed with it. Throws std::runtime_error.
struct Certificate {
  explicit Certificate(const CertificateSpec& spec);
  std::unique_ptr<EVP_PKEY, CloseOpenSsl> key;
  std::unique_ptr<X509, CloseOpenSsl> x509;
};

}  // namespace agreementd::fetchers
