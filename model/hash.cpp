#include "model/hash.h"

#include <memory>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "model/result.h"

namespace agreementd {
namespace {

void require(bool done) {
  if (!done) throw Failure("SHA-256 is not available from OpenSSL: check its configuration");
}

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(const void* data, std::size_t size) {
    require(EVP_DigestUpdate(context_.get(), data, size) == 1);
  }
  Sha256 finish() {
    Sha256 hash;
    require(EVP_DigestFinal_ex(context_.get(), hash.bytes.data(), nullptr) == 1);
    return hash;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

}  // namespace

Sha256 sha256(std::string_view data) {
  Digest digest;
  digest.add(data.data(), data.size());
  return digest.finish();
}

Sha256 sha256(const Sha256& head, std::string_view data) {
  Digest digest;
  digest.add(head.bytes.data(), head.bytes.size());
  digest.add(data.data(), data.size());
  return digest.finish();
}

Sha256 hmac_sha256(std::string_view key, std::string_view data) {
  Sha256 code;
  unsigned size = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes, data.size(),
               code.bytes.data(), &size) != nullptr);
  return code;
}

std::string to_hex(const Sha256& hash) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(64);
  for (const auto byte : hash.bytes) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::optional<Sha256> parse_sha256(std::string_view hex) {
  Sha256 hash;
  if (hex.size() != 2 * hash.bytes.size()) return std::nullopt;
  for (std::size_t i = 0; i < hash.bytes.size(); ++i) {
    const auto high = hex_digit(hex[2 * i]);
    const auto low = hex_digit(hex[2 * i + 1]);
    if (!high || !low) return std::nullopt;
    hash.bytes[i] = static_cast<std::uint8_t>(*high << 4 | *low);
  }
  return hash;
}

std::string short_base32(const Sha256& hash) {
  static constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | hash.bytes[i];
  std::string text;
  for (int shift = 35; shift >= 0; shift -= 5) text += digits[bits >> shift & 31];
  return text;
}

}  // namespace agreementd
