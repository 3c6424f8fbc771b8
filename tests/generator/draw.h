#pragma once

#include <cstddef>
#include <cstdint>
#include <random>

namespace agreementd::generator {

/// Chance, seeded by one integer. The engine is the standard's own; what is made of its numbers is
/// ours, for the standard leaves its distributions to each library: the same seed gives the same
/// draws everywhere.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : engine_(seed) {}

  /// 0 … count − 1, each as likely (but for a bias of less than count / 2⁶⁴). `count` is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  /// least … most.
  int between(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::size_t>(most - least) + 1));
  }
  /// True with this probability; a probability of 0 or less draws as well, so that what follows
  /// does not depend on it.
  bool chance(double probability) {
    return static_cast<double>(engine_() >> 11U) * 0x1p-53 < probability;
  }
  /// One of the elements; there is one.
  template <typename Elements>
  const auto& pick(const Elements& elements) {
    return elements[below(elements.size())];
  }

 private:
  std::mt19937_64 engine_;
};

/// The seed of a stream of its own for the thing with this number (SplitMix64's mixing function):
/// what is drawn for one thing does not shift what is drawn for the others.
constexpr std::uint64_t stream(std::uint64_t seed, std::uint64_t number) {
  std::uint64_t mixed = seed * 0x9E3779B97F4A7C15U + number + 1;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return mixed ^ (mixed >> 31U);
}

}  // namespace agreementd::generator
