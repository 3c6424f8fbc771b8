#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <gumbo.h>

namespace agreementd::parsers {

/// The memory of one parse. Gumbo frees its tree by recursion and knows no limits: a page of nested
/// tags would exhaust the stack, one of unclosed ones the memory. So it allocates here, and all of
/// it goes at once.
class Arena {
 public:
  explicit Arena(std::size_t limit) : limit_(limit) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  /// Memory aligned for anything; null where the limit is reached.
  void* allocate(std::size_t size);

 private:
  std::size_t limit_;
  std::size_t used_ = 0;
  std::vector<void*> blocks_;
  char* free_ = nullptr;
  std::size_t left_ = 0;
};

/// A page parsed as browsers do (gumbo). UTF-8 is expected, errors in the markup are repaired.
class Html {
 public:
  /// `text` must outlive this. Throws `Unreadable` where the tree needs more than `memory` bytes.
  Html(std::string_view text, std::size_t memory);

  /// All elements of that tag, in the order of the page.
  [[nodiscard]] std::vector<const GumboNode*> all(GumboTag tag) const;

 private:
  Arena arena_;
  const GumboNode* root_;
};

bool is(const GumboNode& node, GumboTag tag);
/// The value of an attribute; empty: absent.
std::string_view attribute(const GumboNode& node, const char* name);

/// The children of `node`; null where it cannot have any.
const GumboVector* children_of(const GumboNode& node);

/// Visits the nodes below `root` in the order of the page, without recursion. `enter(node)` answers
/// whether to go into the node; `leave(node)` follows when all in it was visited.
template <typename Enter, typename Leave>
void walk(const GumboNode& root, Enter enter, Leave leave) {
  struct Step {
    const GumboNode* node;
    const GumboVector* children;
    unsigned next;
  };
  std::vector<Step> path;
  if (const auto* children = children_of(root)) path.push_back({&root, children, 0});
  while (!path.empty()) {
    Step& step = path.back();
    if (step.next == step.children->length) {
      if (step.node != &root) leave(*step.node);
      path.pop_back();
      continue;
    }
    const auto& node = *static_cast<const GumboNode*>(step.children->data[step.next++]);
    if (!enter(node)) continue;
    if (const auto* below = children_of(node)) path.push_back({&node, below, 0});
  }
}

template <typename Enter>
void walk(const GumboNode& root, Enter enter) {
  walk(root, enter, [](const GumboNode&) {});
}

/// The text below `node`, without that of tables and scripts in it; where a line or block ends
/// there is a space.
std::string text_of(const GumboNode& node);

}  // namespace agreementd::parsers
