#include "parsers/answer.h"

#include <utility>

#include "parsers/read.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

Content failure(Outcome outcome, const std::string& name, const std::string& reason) {
  Content content;
  content.outcome = outcome;
  content.detail = error_line(name, reason);
  return content;
}

/// HTML that holds no list.
Content read_page_without_list(std::string_view bytes, const std::string& name, Due due) {
  const auto barrier = barrier_in(bytes);
  if (due == Due::workbook)
    return failure(Outcome::blocked, name,
                   (barrier.empty() ? "HTML where a workbook was due" : barrier) +
                       "; open it in a browser, and see whether this address is blocked");
  Content content;
  content.page = read_source_page(bytes);
  if (!content.page.links.empty()) return content;
  if (!barrier.empty())
    return failure(Outcome::blocked, name,
                   barrier + "; open it in a browser, and see whether this address is blocked");
  if (due == Due::either) return content;
  return failure(Outcome::link_missing, name,
                 "the page links no list and holds none; see whether the lists have moved");
}

}  // namespace

Content read_answer(std::string_view bytes, const std::string& name, Due due) {
  try {
    Content content;
    content.reading = read(bytes, name, {});
    if (is_markup(bytes)) content.page = read_source_page(bytes);
    return content;
  } catch (const Unreadable& reason) {
    if (is_markup(bytes) && reason.outcome() == Outcome::unreadable)
      return read_page_without_list(bytes, name, due);
    return failure(reason.outcome(), name, reason.what());
  }
}

}  // namespace agreementd::parsers
