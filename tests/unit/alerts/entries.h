#pragma once

#include <string>

#include <rapidcheck.h>

#include "alerts/message.h"

/// Entries to tell of.
namespace agreementd::alerts {

/// A task force agreement of Bee County, TX, signed 2025-03-01, listed 2025-03-18; seq 42.
Change bee_county();
/// The same on the pending list: no date, another id.
Change bees_application();

/// As it would be logged, with its canonical text and a hash of the text alone.
LoggedEntry logged(const Change& change, std::int64_t seq = 42, Cause cause = Cause::edition);

/// An item of nothing but that entry.
Item item(const Change& change, std::int64_t seq = 42, Cause cause = Cause::edition);

/// Texts that somebody might have put in a list to do harm, and arbitrary bytes.
rc::Gen<std::string> hostile_text();
/// An item with such texts wherever a list, a person or a server may have brought them.
rc::Gen<Item> hostile_item();
/// One to 20 of them.
rc::Gen<Message> hostile_message();

}  // namespace agreementd::alerts
