#pragma once

#include <string_view>

namespace agreementd::daemon {

/// What the texts of a column are, by its name: names mean the same in every table.
enum class ColumnKind { text, number, boolean, object, words };
ColumnKind column_kind(std::string_view column);

}  // namespace agreementd::daemon
