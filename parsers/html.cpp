#include "parsers/html.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <csetjmp>
#include <cstdlib>

#include "parsers/squeeze.h"
#include "parsers/unreadable.h"

namespace agreementd::parsers {
namespace {

constexpr std::size_t block_size = 1U << 18U;

/// Gumbo looks through all open elements at nearly every tag: its time grows with the square of the
/// depth. The deepest pages have some hundred elements one in another.
constexpr std::size_t nesting_tags_at_most = 30'000;

/// Tags that cannot stand in themselves without another kind between: they end each other, or are
/// void. A list of thousands of rows is made of them.
constexpr std::array<std::string_view, 16> flat_tags{
    "td", "tr", "th",  "tbody", "thead", "p",    "li",  "a",
    "br", "hr", "img", "input", "meta",  "link", "col", "option"};

/// How many tags could nest, wherever they stand.
std::size_t count_nesting_tags(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find('<', at)) != std::string_view::npos;) {
    ++at;
    std::string name;
    while (at < text.size() && std::isalnum(static_cast<unsigned char>(text[at])) &&
           name.size() < 8)
      name += text[at++];
    if (!name.empty() &&
        std::find(flat_tags.begin(), flat_tags.end(), lower(name)) == flat_tags.end())
      ++count;
  }
  return count;
}

struct Parse {
  Arena* arena;
  std::jmp_buf out_of_memory;
};

void* allocate(void* user, std::size_t size) {
  auto* parse = static_cast<Parse*>(user);
  void* memory = parse->arena->allocate(size);
  // Gumbo does not survive a null pointer. It is C, and owns nothing outside the arena.
  if (!memory) std::longjmp(parse->out_of_memory, 1);
  return memory;
}

void keep(void* /*user*/, void* /*memory*/) {}

/// Null where the arena is too small. Nothing here has a destructor that the jump would skip.
const GumboOutput* parse_in(Arena& arena, const char* text, std::size_t size) {
  Parse parse{&arena, {}};
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = allocate;
  options.deallocator = keep;
  options.userdata = &parse;
  options.max_errors = 0;
  if (setjmp(parse.out_of_memory) != 0) return nullptr;
  return gumbo_parse_with_options(&options, text, size);
}

bool ends_a_line(GumboTag tag) {
  constexpr std::array tags{GUMBO_TAG_BR, GUMBO_TAG_P,  GUMBO_TAG_DIV, GUMBO_TAG_LI,
                            GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_TR};
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

[[noreturn]] void too_tangled() {
  throw Unreadable("page too large or too deeply tangled to read; check where it came from");
}

bool is_text(const GumboNode& node) {
  return node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
         node.type == GUMBO_NODE_CDATA;
}

}  // namespace

Arena::~Arena() {
  for (void* block : blocks_) std::free(block);
}

void* Arena::allocate(std::size_t size) {
  constexpr std::size_t alignment = alignof(std::max_align_t);
  if (size > limit_) return nullptr;
  size = (size + alignment - 1) / alignment * alignment;
  if (size > left_) {
    const std::size_t fresh = std::max(size, block_size);
    if (used_ + fresh > limit_) return nullptr;
    void* block = std::malloc(fresh);
    if (!block) return nullptr;
    blocks_.push_back(block);
    used_ += fresh;
    free_ = static_cast<char*>(block);
    left_ = fresh;
  }
  void* memory = free_;
  free_ += size;
  left_ -= size;
  return memory;
}

Html::Html(std::string_view text, std::size_t memory) : arena_(memory) {
  if (count_nesting_tags(text) > nesting_tags_at_most) too_tangled();
  const GumboOutput* output = parse_in(arena_, text.data(), text.size());
  if (!output) too_tangled();
  root_ = output->document;
}

std::vector<const GumboNode*> Html::all(GumboTag tag) const {
  std::vector<const GumboNode*> found;
  walk(*root_, [&](const GumboNode& node) {
    if (is(node, tag)) found.push_back(&node);
    return true;
  });
  return found;
}

bool is(const GumboNode& node, GumboTag tag) {
  return node.type == GUMBO_NODE_ELEMENT && node.v.element.tag == tag;
}

std::string_view attribute(const GumboNode& node, const char* name) {
  const auto* found = gumbo_get_attribute(&node.v.element.attributes, name);
  return found ? found->value : std::string_view{};
}

const GumboVector* children_of(const GumboNode& node) {
  switch (node.type) {
    case GUMBO_NODE_DOCUMENT:
      return &node.v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
      return &node.v.element.children;
    default:
      return nullptr;
  }
}

std::string text_of(const GumboNode& node) {
  std::string text;
  const auto end_line = [&](const GumboNode& each) {
    if (each.type == GUMBO_NODE_ELEMENT && ends_a_line(each.v.element.tag)) text += ' ';
  };
  walk(
      node,
      [&](const GumboNode& each) {
        if (is_text(each)) text += each.v.text.text;
        end_line(each);
        return !is(each, GUMBO_TAG_TABLE) && !is(each, GUMBO_TAG_SCRIPT) &&
               !is(each, GUMBO_TAG_STYLE);
      },
      end_line);
  return text;
}

}  // namespace agreementd::parsers
