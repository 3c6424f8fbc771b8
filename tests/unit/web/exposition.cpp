#include "tests/unit/web/exposition.h"

#include <cmath>
#include <limits>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

namespace agreementd::web {
namespace {

[[noreturn]] void refuse(const std::string& line, const std::string& why) {
  throw std::runtime_error(why + ": " + line);
}

/// Reads one sample: `name{label="value",…} number`.
class SampleReader {
 public:
  explicit SampleReader(const std::string& line) : line_(line) {}

  Series read() {
    Series series;
    series.metric = take_name(":");
    if (take_if('{')) do {
        const auto label = take_name("");
        take('=');
        if (!series.labels.emplace(label, take_quoted()).second) refuse(line_, "a label twice");
      } while (take_if(','));
    if (!series.labels.empty()) take('}');
    take(' ');
    series.value = take_number();
    return series;
  }

 private:
  bool take_if(char wanted) {
    if (at_ >= line_.size() || line_[at_] != wanted) return false;
    ++at_;
    return true;
  }
  void take(char wanted) {
    if (!take_if(wanted)) refuse(line_, std::string("no '") + wanted + "' where it is due");
  }
  std::string take_name(const std::string& also) {
    const auto begin = at_;
    const auto fits = [&](char c) {
      return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_' ||
             also.find(c) != std::string::npos ||
             (at_ > begin && std::isdigit(static_cast<unsigned char>(c)) != 0);
    };
    while (at_ < line_.size() && fits(line_[at_])) ++at_;
    if (at_ == begin) refuse(line_, "no name where one is due");
    return line_.substr(begin, at_ - begin);
  }
  std::string take_quoted() {
    take('"');
    std::string text;
    while (!take_if('"')) {
      if (at_ >= line_.size()) refuse(line_, "a label without an end");
      text += take_if('\\') ? take_escaped() : line_[at_++];
    }
    return text;
  }
  char take_escaped() {
    if (take_if('n')) return '\n';
    if (take_if('\\')) return '\\';
    if (take_if('"')) return '"';
    refuse(line_, "an escape that is none");
  }
  double take_number() {
    const auto text = line_.substr(at_);
    if (text == "+Inf") return std::numeric_limits<double>::infinity();
    static const std::regex number(R"(-?\d+(\.\d+)?([eE][+-]?\d+)?)");
    if (!std::regex_match(text, number)) refuse(line_, "no number");
    return std::stod(text);
  }

  const std::string& line_;
  std::size_t at_ = 0;
};

class Reader {
 public:
  Exposition read(const std::string& text) {
    if (!text.ends_with('\n')) refuse(text, "the last line has no end");
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) read_line(line);
    for (const auto& [name, family] : result_.families) check(name, family);
    return result_;
  }

 private:
  void read_line(const std::string& line) {
    static const std::regex comment(R"(# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+))");
    std::smatch parts;
    if (std::regex_match(line, parts, comment)) return read_comment(line, parts);
    if (line.empty() || line.starts_with('#')) refuse(line, "neither sample nor comment");
    read_sample(line);
  }

  void read_comment(const std::string& line, const std::smatch& parts) {
    auto& family = result_.families[parts[2]];
    auto& what = parts[1] == "HELP" ? family.help : family.type;
    if (!what.empty() || !family.series.empty()) refuse(line, "said twice, or after a sample");
    what = parts[3];
    if (parts[1] == "TYPE" && family.help.empty()) refuse(line, "no HELP before it");
    current_ = parts[2];
  }

  void read_sample(const std::string& line) {
    auto series = SampleReader(line).read();
    auto& family = result_.families[current_];
    if (family.help.empty() || family.type.empty()) refuse(line, "no HELP and TYPE before it");
    auto rest = series.metric;
    if (!rest.starts_with(current_)) refuse(line, "not of the family above it");
    rest.erase(0, current_.size());
    const std::set<std::string> parts{"_bucket", "_sum", "_count"};
    if (family.type == "histogram" ? !parts.contains(rest) : !rest.empty())
      refuse(line, "not of the family above it");
    if (!seen_.emplace(series.metric, series.labels).second) refuse(line, "a series twice");
    family.series.push_back(std::move(series));
  }

  static void check(const std::string& name, const Family& family) {
    static const std::set<std::string> types{"counter", "gauge", "histogram"};
    if (!types.contains(family.type)) refuse(name, "of no known type");
    if ((family.type == "counter") != name.ends_with("_total"))
      refuse(name, "counters, and only they, end in _total");
    if (family.series.empty()) refuse(name, "a family without a series");
    if (family.type == "histogram") check_histogram(name, family);
    for (const auto& series : family.series)
      if (family.type != "gauge" && series.value < 0) refuse(name, "a count below 0");
  }

  static void check_histogram(const std::string& name, const Family& family) {
    double last = 0;
    double boundary = -1;
    double count = -1;
    for (const auto& series : family.series) {
      if (series.metric == name + "_count") count = series.value;
      if (series.metric != name + "_bucket") continue;
      const auto& text = series.labels.at("le");
      const auto next = text == "+Inf" ? std::numeric_limits<double>::infinity() : std::stod(text);
      if (series.value < last || next <= boundary) refuse(name, "buckets out of order");
      last = series.value;
      boundary = next;
    }
    if (!std::isinf(boundary) || count != last) refuse(name, "a histogram that is not whole");
  }

  Exposition result_;
  std::string current_;
  std::set<std::pair<std::string, std::map<std::string, std::string>>> seen_;
};

}  // namespace

double Exposition::value(const std::string& metric,
                         const std::map<std::string, std::string>& labels) const {
  for (const auto& [name, family] : families)
    for (const auto& series : family.series)
      if (series.metric == metric && series.labels == labels) return series.value;
  ADD_FAILURE() << "no series " << metric << " with these labels";
  return std::numeric_limits<double>::quiet_NaN();
}

std::size_t Exposition::count(const std::string& metric) const {
  const auto family = families.find(metric);
  return family == families.end() ? 0 : family->second.series.size();
}

Exposition read_exposition(const std::string& text) { return Reader().read(text); }

}  // namespace agreementd::web
