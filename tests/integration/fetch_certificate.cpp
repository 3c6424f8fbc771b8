#include "tests/integration/fetch_certificate.h"

#include <stdexcept>

#include <openssl/ec.h>
#include <openssl/x509v3.h>

namespace agreementd::fetchers {
namespace {

void demand(bool done, const char* what) {
  if (!done) throw std::runtime_error(what);
}

void add_extension(X509* certificate, int which, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, which, value);
  demand(extension != nullptr && X509_add_ext(certificate, extension, -1) == 1, value);
  X509_EXTENSION_free(extension);
}

}  // namespace

Certificate::Certificate(const CertificateSpec& spec) : key(EVP_EC_gen("P-256")), x509(X509_new()) {
  constexpr long day = 24L * 60 * 60;
  demand(key && x509, "no key");
  X509_set_version(x509.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(x509.get()), -2 * day);
  X509_gmtime_adj(X509_getm_notAfter(x509.get()), spec.expired ? -day : day);
  X509_NAME* subject = X509_get_subject_name(x509.get());
  const auto* common_name = reinterpret_cast<const unsigned char*>("sample site");
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common_name, -1, -1, 0);
  X509_set_issuer_name(x509.get(), subject);
  X509_set_pubkey(x509.get(), key.get());
  add_extension(x509.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(x509.get(), NID_subject_alt_name, spec.names.c_str());
  demand(X509_sign(x509.get(), key.get(), EVP_sha256()) > 0, "no signature");
}

}  // namespace agreementd::fetchers
