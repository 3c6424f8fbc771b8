#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace agreementd {

/// A SHA-256 digest (FIPS 180-4), 32 bytes.
struct Sha256 {
  std::array<std::uint8_t, 32> bytes{};
  auto operator<=>(const Sha256&) const = default;
};

/// SHA-256 of `data`. Failure where OpenSSL refuses.
Sha256 sha256(std::string_view data);
/// SHA-256 of `head`'s 32 bytes followed by `data`.
Sha256 sha256(const Sha256& head, std::string_view data);

/// HMAC-SHA-256 (RFC 2104) of `data` under `key`. Failure where OpenSSL refuses.
Sha256 hmac_sha256(std::string_view key, std::string_view data);

/// 64 lower-case hex digits.
std::string to_hex(const Sha256& hash);
/// 64 hex digits of either case, else nothing.
std::optional<Sha256> parse_sha256(std::string_view hex);

/// The first 40 bits of `hash` as 8 characters of RFC 4648 base32 (A–Z, 2–7).
std::string short_base32(const Sha256& hash);

}  // namespace agreementd

template <>
struct std::hash<agreementd::Sha256> {
  std::size_t operator()(const agreementd::Sha256& digest) const noexcept {
    std::size_t value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest.bytes[i];
    return value;
  }
};
