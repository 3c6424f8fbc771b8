#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/entry.h"
#include "model/history.h"
#include "storage/store.h"

/// What is told: entries of the change log, with what is told along with each, and notices. Needs
/// the writer role.
namespace agreementd::storage {

/// The entry that told of an agreement, of which the application left.
struct Signing {
  LoggedEntry logged;
  bool told = false;                 ///< it was sent to the sink, or may have been, and not refused
  std::vector<Entry> replaced = {};  ///< as of an `Outgoing`
};

/// That an application left because it was signed.
struct Leaving {
  LoggedEntry logged;
  bool stands = true;  ///< no later entry takes it back
};

/// An entry of the log with what is told of it.
struct Outgoing {
  LoggedEntry logged;
  bool stands = true;                    ///< no later entry takes it back
  bool attempted = false;                ///< it was sent to the sink, or may have been
  std::optional<LoggedEntry> retracted;  ///< what a retraction takes back …
  bool retracted_attempted = false;      ///< … and whether that was sent, or may have been
  /// Of an application that left as signed, and of what takes that back: the entry that told of the
  /// agreement, where this is the first leaving since, and the application was not told to be
  /// listed in between. Elsewhere the leaving is news of its own.
  std::optional<Signing> signing;
  /// Of such an entry of the agreement: that its application left, where the same run recorded it.
  std::optional<Leaving> application;
  /// Of what a run recorded where it took something back: what it took back of this agreement, and
  /// what that had been put in the place of; but nothing from before the sink began that was not
  /// sent to it. Of a retraction: the same of what it takes back.
  std::vector<Entry> replaced;
  bool replaced_told = false;         ///< some of that was sent to the sink, or may have been
  std::string moa_url;                ///< of the agreement, as known then; empty: none
  std::vector<Change> possibly_same;  ///< what a review of then names beside it: list, state,
                                      ///< agency, model, signed_on alone
};
/// Those after `position`, in order, recorded by `until`; so many at most.
std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink, std::int64_t position,
                                       Instant until, int limit);

/// Those of these numbers, in order.
std::vector<Outgoing> outgoing_entries(Store& store, const std::string& sink,
                                       const std::vector<std::int64_t>& seqs);

/// An entry that is no retraction, and what became of it.
struct PastEntry {
  Entry entry;
  std::optional<Instant> retracted_at;             ///< absent: it stands
  std::optional<std::int64_t> sent_in;             ///< the first attempt to send it to the sink …
  std::optional<std::int64_t> retraction_sent_in;  ///< … and to send what takes it back
};
/// All of those agreements that were recorded since the sink began, in order.
std::vector<PastEntry> past_entries(Store& store, const std::string& sink,
                                    const std::vector<std::string>& agreement_ids);

/// That a notice was opened, or closed.
struct NoticeEvent {
  std::int64_t event_id = 0;
  Notice notice;
  bool opened = true;
  Instant opened_at;
  Instant at;
};
std::vector<NoticeEvent> outgoing_notices(Store& store, std::int64_t position, int limit);

/// Entries that an edition told in substance (what a sink with the default filter is told:
/// alerts/filter.h), and those that take such entries back, the newest first. `state`: its two
/// letters, of entries that are of it or were before they changed it; empty: all. `before`: by seq.
/// Of no sink: nothing was attempted.
std::vector<Outgoing> published_entries(Store& store, const std::string& state, std::int64_t before,
                                        int limit);

}  // namespace agreementd::storage
