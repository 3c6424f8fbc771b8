#include "model/hash.h"

#include <gtest/gtest.h>

namespace agreementd {
namespace {

TEST(Sha256, IsThatOfFips180) {
  EXPECT_EQ(to_hex(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Sha256, OfAHeadAndDataIsThatOfBothJoined) {
  const Sha256 head;  // 32 zero bytes
  EXPECT_EQ(sha256(head, "entry"), sha256(std::string(32, '\0') + "entry"));
}

TEST(HmacSha256, IsThatOfRfc4231) {
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");  // test case 2
  EXPECT_EQ(to_hex(hmac_sha256(std::string(131, '\xaa'),
                               "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");  // test case 6
}

TEST(Sha256, HexIsReadInEitherCaseAndNothingElseIs) {
  const auto hash = sha256("abc");
  EXPECT_EQ(parse_sha256(to_hex(hash)), hash);
  auto upper = to_hex(hash);
  for (auto& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(parse_sha256(upper), hash);
  EXPECT_FALSE(parse_sha256("ba78"));
  EXPECT_FALSE(parse_sha256(std::string(64, 'g')));
  EXPECT_FALSE(parse_sha256(to_hex(hash) + "00"));
}

TEST(ShortBase32, IsTheFirstFortyBitsInRfc4648) {
  Sha256 hash;
  hash.bytes = {'f', 'o', 'o', 'b', 'a'};
  EXPECT_EQ(short_base32(hash), "MZXW6YTB");  // RFC 4648, section 10
}

}  // namespace
}  // namespace agreementd
