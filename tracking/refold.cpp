#include "tracking/refold.h"

#include <utility>

namespace agreementd::tracking {
namespace {

Folded fold_after(std::vector<Edition> prefix, const StoredHistory& stored,
                  const std::vector<Arranged>& arranged, const Reader& reader,
                  const Plausibility& rules, const Aliases& aliases) {
  const auto first = prefix.size();
  Fold fold(stored, std::move(prefix), rules, aliases);
  for (std::size_t i = first; i < arranged.size(); ++i)
    fold.step(arranged[i].edition, reader(arranged[i].edition.document));
  return fold.finish();
}

}  // namespace

Refolded refold(const StoredHistory& stored, const std::vector<Arranged>& arranged,
                const Reader& reader, const Plausibility& rules, const Aliases& aliases,
                const Occasion& occasion) {
  auto folded = fold_after(unaffected_prefix(arranged, stored.editions), stored, arranged, reader,
                           rules, aliases);
  if (folded.restart) folded = fold_after({}, stored, arranged, reader, rules, aliases);
  auto difference = reconcile(stored, folded, occasion);
  return {std::move(folded), std::move(difference)};
}

}  // namespace agreementd::tracking
