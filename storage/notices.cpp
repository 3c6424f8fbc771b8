#include "storage/notices.h"

#include "storage/listener.h"
#include "storage/values.h"

namespace agreementd::storage {

bool open_notice(Transaction& transaction, const Notice& notice, Instant now) {
  const auto opened = transaction.execute(
      "WITH opened AS ("
      " INSERT INTO notices (kind, subject, text, opened_at) VALUES ($1, $2, $3, $4)"
      " ON CONFLICT (kind, subject) WHERE closed_at IS NULL DO NOTHING RETURNING notice_id)"
      " INSERT INTO notice_events (notice_id, event, at)"
      " SELECT notice_id, 'opened', $4 FROM opened",
      {notice.kind, notice.subject, notice.text, to_value(now)});
  if (opened > 0) tell_sinks(transaction);
  return opened > 0;
}

void close_notice(Transaction& transaction, const std::string& kind, const std::string& subject,
                  Instant now) {
  const auto closed = transaction.execute(
      "WITH closed AS ("
      " UPDATE notices SET closed_at = greatest($3::timestamptz, opened_at)"
      " WHERE kind = $1 AND subject = $2 AND closed_at IS NULL RETURNING notice_id, closed_at)"
      " INSERT INTO notice_events (notice_id, event, at)"
      " SELECT notice_id, 'closed', closed_at FROM closed",
      {kind, subject, to_value(now)});
  if (closed > 0) tell_sinks(transaction);
}

}  // namespace agreementd::storage
