#pragma once

#include <memory>
#include <string>

#include "alerts/sender.h"
#include "alerts/sink.h"
#include "daemon/configuration/configuration.h"
#include "model/clock.h"
#include "model/hash.h"

/// What an `[[alert]]` of the configuration stands for. It has been checked.
namespace agreementd::daemon {

alerts::Sink sink_of(const Alert& alert);

/// Digest of where it leads, without its secret; but Slack's secret is where it leads. Failure
/// where that is not there.
Sha256 destination_of(const Alert& alert);

/// The way there, with its secret. Failure where the secret is not there or is none: one line
/// without any of it that says what to do. `clock` must outlive it.
std::unique_ptr<alerts::Sender> sender_of(const Alert& alert, const Source& source,
                                          const Clock& clock);

}  // namespace agreementd::daemon
