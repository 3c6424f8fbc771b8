#pragma once

#include <cstdint>
#include <utility>

#include "web/endpoint.h"

/// What the operating system is asked for, with an owner.
namespace agreementd::web {

/// Owns a file descriptor, which programs started from here do not inherit.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

/// A socket that listens there and waits for nothing (non-blocking). Failure: one line that says
/// why not and what to do.
Descriptor listen_at(const Endpoint& endpoint);

/// The next client in the queue of a listening socket, non-blocking; not open: there is none, or no
/// room for one (`errno`).
Descriptor accept_client(int listening);

/// The port a socket is bound to.
std::uint16_t port_of(int socket);

}  // namespace agreementd::web
