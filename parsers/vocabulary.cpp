#include "parsers/vocabulary.h"

#include <iterator>
#include <vector>

#include "model/states.h"

namespace agreementd::parsers {
namespace {

using Word = Term<std::string_view>;

/// Other forms of states' names: the abbreviations of newspapers, and longer names.
constexpr Word other_state_forms[] = {
    {"ALA", "AL", Use::code},
    {"ARIZ", "AZ", Use::code},
    {"ARK", "AR", Use::code},
    {"CALIF", "CA", Use::code},
    {"CAL", "CA", Use::code},
    {"COLO", "CO", Use::code},
    {"CONN", "CT", Use::code},
    {"DEL", "DE", Use::code},
    {"WASHINGTON DC", "DC", Use::usual},
    {"FLA", "FL", Use::code},
    {"ILL", "IL", Use::code},
    {"IND", "IN", Use::code},
    {"KAN", "KS", Use::code},
    {"KANS", "KS", Use::code},
    {"MASS", "MA", Use::code},
    {"MICH", "MI", Use::code},
    {"MINN", "MN", Use::code},
    {"MISS", "MS", Use::code},
    {"MONT", "MT", Use::code},
    {"NEB", "NE", Use::code},
    {"NEBR", "NE", Use::code},
    {"NEV", "NV", Use::code},
    {"N H", "NH", Use::code},
    {"N J", "NJ", Use::code},
    {"N M", "NM", Use::code},
    {"N MEX", "NM", Use::code},
    {"N Y", "NY", Use::code},
    {"N C", "NC", Use::code},
    {"N CAROLINA", "NC", Use::code},
    {"N D", "ND", Use::code},
    {"N DAKOTA", "ND", Use::code},
    {"N DAK", "ND", Use::code},
    {"OKLA", "OK", Use::code},
    {"ORE", "OR", Use::code},
    {"PENN", "PA", Use::code},
    {"PENNA", "PA", Use::code},
    {"R I", "RI", Use::code},
    {"S C", "SC", Use::code},
    {"S CAROLINA", "SC", Use::code},
    {"S D", "SD", Use::code},
    {"S DAKOTA", "SD", Use::code},
    {"S DAK", "SD", Use::code},
    {"TENN", "TN", Use::code},
    {"TEX", "TX", Use::code},
    {"WASH", "WA", Use::code},
    {"W VA", "WV", Use::code},
    {"WVA", "WV", Use::code},
    {"W VIRGINIA", "WV", Use::code},
    {"WIS", "WI", Use::code},
    {"WISC", "WI", Use::code},
    {"WYO", "WY", Use::code},
    {"COMMONWEALTH OF THE NORTHERN MARIANA ISLANDS", "MP", Use::usual},
    {"CNMI", "MP", Use::code},
    {"P R", "PR", Use::code},
    {"US VIRGIN ISLANDS", "VI", Use::usual},
    {"UNITED STATES VIRGIN ISLANDS", "VI", Use::usual},
    {"U S VIRGIN ISLANDS", "VI", Use::usual},
    {"USVI", "VI", Use::code},
};

/// Every state, district and territory by name and code, and the other forms.
std::vector<Word> all_state_forms() {
  std::vector<Word> forms;
  for (const auto& state : states()) {
    forms.push_back({state.name, state.code, Use::usual});
    forms.push_back({state.code, state.code, Use::code});
  }
  forms.insert(forms.end(), std::begin(other_state_forms), std::end(other_state_forms));
  return forms;
}

constexpr Word models[] = {
    {"JAIL ENFORCEMENT MODEL", "JEM", Use::usual},
    {"JEM", "JEM", Use::code},
    {"JAIL ENFORCEMENT", "JEM", Use::variant},
    {"JAIL ENFORCEMENT OFFICER", "JEM", Use::variant},
    {"JAIL MODEL", "JEM", Use::variant},
    {"JAIL ENFORCEMENT MODEL JEM", "JEM", Use::variant},
    {"WARRANT SERVICE OFFICER", "WSO", Use::usual},
    {"WSO", "WSO", Use::code},
    {"WARRANT SERVICE", "WSO", Use::variant},
    {"WARRANT SERVICE MODEL", "WSO", Use::variant},
    {"WARRANT SERVICE OFFICER MODEL", "WSO", Use::variant},
    {"WARRANT SERVICE OFFICER WSO", "WSO", Use::variant},
    {"TASK FORCE MODEL", "TFM", Use::usual},
    {"TFM", "TFM", Use::code},
    {"TASK FORCE", "TFM", Use::variant},
    {"TASK FORCE OFFICER", "TFM", Use::variant},
    {"TASK FORCE MODEL TFM", "TFM", Use::variant},
    {"TRIBAL TASK FORCE MODEL", "TTFM", Use::usual},
    {"TTFM", "TTFM", Use::code},
    {"TRIBAL TASK FORCE", "TTFM", Use::variant},
    {"TRIBAL TASK FORCE OFFICER", "TTFM", Use::variant},
    {"TRIBAL TASK FORCE MODEL TTFM", "TTFM", Use::variant},
};

constexpr Word agency_types[] = {
    {"COUNTY", "County", Use::usual},
    {"COUNTIES", "County", Use::variant},
    {"MUNICIPALITY", "Municipality", Use::usual},
    {"MUNICIPAL", "Municipality", Use::variant},
    {"STATE AGENCY", "State Agency", Use::usual},
    {"STATE", "State Agency", Use::variant},
    {"TRIBAL", "Tribal", Use::usual},
    {"TRIBE", "Tribal", Use::variant},
    {"UNIVERSITY", "University", Use::usual},
};

}  // namespace

std::optional<Meaning<std::string_view>> state_of(std::string_view printed) {
  static const auto forms = all_state_forms();
  return look_up<std::string_view>(forms, printed);
}

std::optional<Meaning<std::string_view>> model_of(std::string_view printed) {
  return look_up<std::string_view>(models, printed);
}

std::optional<Meaning<std::string_view>> agency_type_of(std::string_view printed) {
  return look_up<std::string_view>(agency_types, printed);
}

}  // namespace agreementd::parsers
