#include "tracking/refold.h"

#include <utility>

namespace agreementd::tracking {
namespace {

Folded fold_after(std::vector<Edition> prefix, const StoredHistory& stored,
                  const std::vector<Arranged>& arranged, const Reader& reader, const Rules& rules) {
  const auto first = prefix.size();
  Fold fold(stored, std::move(prefix), rules);
  for (std::size_t i = first; i < arranged.size(); ++i) fold.step(arranged[i].edition, reader(i));
  return fold.finish();
}

}  // namespace

Refolded refold(const StoredHistory& stored, const std::vector<Arranged>& arranged,
                const Reader& reader, const Rules& rules, const Occasion& occasion) {
  const bool whole = occasion.cause == Cause::decision || occasion.cause == Cause::rebuild;
  auto prefix = whole ? std::vector<Edition>{} : unaffected_prefix(arranged, stored.editions);
  auto folded = fold_after(std::move(prefix), stored, arranged, reader, rules);
  if (folded.restart) folded = fold_after({}, stored, arranged, reader, rules);
  auto difference = reconcile(stored, folded, occasion);
  return {std::move(folded), std::move(difference)};
}

}  // namespace agreementd::tracking
