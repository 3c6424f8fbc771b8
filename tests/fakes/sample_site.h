#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/listing.h"
#include "model/time.h"
#include "tests/fakes/site.h"

/// The sample lists as ICE would have published them: a page, and what it links, edition after
/// edition.
namespace agreementd::fakes {

/// A sample list and when it appeared.
struct SampleList {
  std::string path;
  std::string file_name;
  std::string bytes;
  List list = List::participating;
  Instant published;

  [[nodiscard]] bool is_page() const { return file_name.ends_with(".html"); }
};

/// The lists below a folder, in the order in which they appeared: by the date that an import gives
/// them. Failure where one is no list.
std::vector<SampleList> sample_timeline(const std::string& folder);

/// Serves them. The page at `/287g` holds the roster, as it did until February 2025, or links the
/// newest workbook of each list; every workbook that was linked stays there. Each is served with
/// its time as Last-Modified.
class SampleSite {
 public:
  SampleSite(Site& site, std::vector<SampleList> lists);

  /// The next list appears, with the other one where both appeared at the same time, but a second
  /// workbook of the same name only after the first. Answers what appeared: nothing where there is
  /// none left.
  std::vector<const SampleList*> advance();
  /// Whether the list of that file name has appeared.
  [[nodiscard]] bool shows(const std::string& file_name) const;
  [[nodiscard]] std::string page_url() const { return site_.url(page_path); }

 private:
  static constexpr const char* page_path = "/287g";

  void serve_page();

  Site& site_;
  std::vector<SampleList> lists_;
  std::size_t shown_ = 0;
};

}  // namespace agreementd::fakes
