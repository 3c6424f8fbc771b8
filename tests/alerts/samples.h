#pragma once

#include <vector>

#include "alerts/message.h"

namespace agreementd::alerts {

/// When all of it was recorded and sent.
extern const Instant sample_time;

/// An item of each sort, one of them of a hostile list. Their entries are a chain from seq 1 on.
std::vector<Item> sample_items();

}  // namespace agreementd::alerts
