#pragma once

#include <string>

#include "alerts/message.h"

/// What programs read. The shapes are in docs/change.schema.json: `$defs` `item`, `notice`,
/// `sample`.
namespace agreementd::alerts {

/// `{"entry":…,"hash":"<64 hex>"}`, the entry's text verbatim, byte for byte, so that its hash can
/// be checked; `application` and `retracted`, where the item has them, of the same shape.
std::string item_json(const Item& item);
/// `{"kind":…,"subject":…,"text":…,"status":"opened"|"closed","opened_at":…}`; `closed_at` of one
/// that is over. Times are ISO, UTC.
std::string notice_json(const NoticeMessage& message);
/// `{"text":"TEST: …","sink":…}`.
std::string sample_json(const Sample& sample);

/// One line with its end. An item is that of a webhook's `entries`; the others are in an object
/// with their name as only key: `{"notice":…}`, `{"test":…}`.
std::string json_line(const Item& item);
std::string json_line(const NoticeMessage& message);
std::string json_line(const Sample& sample);

}  // namespace agreementd::alerts
