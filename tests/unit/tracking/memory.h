#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "model/difference.h"
#include "tracking/refold.h"

namespace agreementd::testing {

/// A history kept in memory as the database keeps it: inputs in, differences applied.
class Memory {
 public:
  /// A list published at 09:00 New York on `day` (`slot` minutes later), seen as `name`.
  struct Publication {
    Reading reading;
    std::string day;
    int slot = 0;
    std::string name;
  };

  explicit Memory(tracking::Rules rules = {}) : rules_(std::move(rules)) {}

  /// Imports all of them in one run. Answers what was written.
  Difference add(const std::vector<Publication>& publications);
  /// Gives a verdict on the edition with this file name.
  Difference verdict(VerdictKind kind, const std::string& file_name);
  /// Decides on two keys, written as rows of a list are.
  Difference decide(DecisionKind kind, const std::string& one, const std::string& other,
                    List list = List::participating);
  /// What a fold from the beginning would write: nothing, if all is well.
  [[nodiscard]] Difference rebuilt() const;

  [[nodiscard]] const StoredHistory& stored() const { return stored_; }
  /// All entries ever written, by seq.
  [[nodiscard]] const std::vector<Entry>& log() const { return log_; }
  /// What stands, with ids replaced by what they name: equal for equal histories whatever the order
  /// of arrival. Versions and changes, one line each, sorted.
  [[nodiscard]] std::vector<std::string> story() const;
  /// The same with ids in place of names, as they are known now.
  [[nodiscard]] std::vector<std::string> ids() const;

 private:
  using Naming = std::function<std::string(const std::string&)>;

  [[nodiscard]] std::vector<std::string> lines(const Naming& agreement, const Naming& agency) const;
  [[nodiscard]] std::string known_as(const std::string& id) const;
  Difference run(Cause cause);
  void apply(const Difference& difference);

  tracking::Rules rules_;
  std::vector<tracking::DatedSighting> sightings_;
  std::vector<Verdict> verdicts_;
  std::map<Sha256, Reading> readings_;
  StoredHistory stored_;
  std::vector<Entry> log_;
  std::int64_t next_version_ = 1;
};

}  // namespace agreementd::testing
