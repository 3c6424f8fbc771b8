#pragma once

#include <functional>
#include <string>

/// The two calls with which libcurl leaves this process before there is a connection. This program
/// has its own getaddrinfo and connect, which the dynamic linker gives to libcurl too; they pass on
/// to the C library's, but for what is set here, and for IPv4 connections that would leave this
/// machine: there is no network. So tests need no name server, and know when libcurl is at which
/// step.
namespace agreementd::fetchers {

/// While it lives: `name` (and no other in `.invalid`, ever) is 127.0.0.1 where `resolve` says
/// true, and unknown where it says false. `resolve` runs on libcurl's thread for names.
class FakeName {
 public:
  FakeName(std::string name, std::function<bool()> resolve);
  /// The same with an address to choose; empty: unknown.
  FakeName(std::string name, std::function<std::string()> address);
  ~FakeName();
  FakeName(const FakeName&) = delete;
  FakeName& operator=(const FakeName&) = delete;

 private:
  std::string name_;
};

/// While it lives: `connecting` is called before each connect to that port.
class ConnectWatch {
 public:
  ConnectWatch(int port, std::function<void()> connecting);
  ~ConnectWatch();
  ConnectWatch(const ConnectWatch&) = delete;
  ConnectWatch& operator=(const ConnectWatch&) = delete;

 private:
  int port_;
};

/// A port of 127.0.0.1 where connections come about (the kernel makes them) and nobody ever speaks.
class MutePort {
 public:
  /// `queue`: how many connections there may be, less one.
  explicit MutePort(int queue = 8);
  ~MutePort();
  MutePort(const MutePort&) = delete;
  MutePort& operator=(const MutePort&) = delete;
  [[nodiscard]] int port() const { return port_; }

 private:
  int listener_ = -1;
  int port_ = 0;
};

/// A port of 127.0.0.1 that neither takes nor refuses a connection: its queue is full.
class FullPort {
 public:
  FullPort();
  ~FullPort();
  FullPort(const FullPort&) = delete;
  FullPort& operator=(const FullPort&) = delete;
  [[nodiscard]] int port() const { return mute_.port(); }

 private:
  MutePort mute_{0};  // holds one; the next who asks hears nothing
  int waiting_ = -1;
};

}  // namespace agreementd::fetchers
