#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// What the service says of itself.
namespace agreementd::daemon {

enum class Level { debug, info, warning, error };

/// `LIST`, `participating`: names of the journal's fields are upper case letters, digits and `_`.
struct Field {
  const char* name;
  std::string value;
};
using Fields = std::vector<Field>;

/// Lines for the operator. No body of a document, credential or wrapped link is ever given to it.
class Journal {
 public:
  Journal() = default;
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  virtual ~Journal() = default;
  /// One line; control characters in it are escaped.
  virtual void write(Level level, std::string_view message, const Fields& fields = {}) = 0;
};

/// The systemd journal, with the fields, where standard error leads there; else lines on standard
/// error. Both leave out what is below `least`.
std::unique_ptr<Journal> open_journal(Level least);

}  // namespace agreementd::daemon
