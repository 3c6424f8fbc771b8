#pragma once

namespace agreementd::generator {

/// How often ICE's lists say something else than what is true. Rates are probabilities.
struct Noise {
  // Of each agreement: its row is printed so from the first, and put right days or weeks later.
  double misspelled = 0;      ///< letters of the agency's name
  double other_form = 0;      ///< `PD`, `City of`, without the state's name …
  double relabelled = 0;      ///< under another body of the place, while its MOA is pending
  double wrong_state = 0;     ///< while its MOA is pending
  double wrong_model = 0;     ///< likewise
  double misdated_draft = 0;  ///< a signing date off by a day or some, until the MOA is posted
  double misdated = 0;        ///< off by a day, put right after the MOA was posted
  double wrong_year = 0;      ///< of the signing date; or a year that cannot be
  double blank_date = 0;
  double odd_cell = 0;      ///< state, model, type or date printed oddly, but meaning the same
  double wrong_county = 0;  ///< misspelled, or blank
  double wrong_pdf = 0;     ///< another body's MOA is linked
  double doubled = 0;  ///< printed twice for a while: exactly, or with another spelling or date

  // Of each agreement and day.
  double respelled = 0;  ///< the name gets a misspelling, for some days or to and fro
  double renamed = 0;    ///< the name is printed in another form from now on

  // Of each edition.
  double stale = 0;          ///< an old edition under a new name
  double truncated = 0;      ///< a large part of the rows is missing
  double misdated_name = 0;  ///< wrong year or month, or nonsense in the file's name
  double mislabelled = 0;    ///< under the other list's name
  double one_name = 0;       ///< under the name of the edition before (of those of one day)
  double links_gone = 0;     ///< most links are missing, for an edition or two
  double column_gone = 0;    ///< TYPE, COUNTY or ADDENDUM is missing
  double shuffled = 0;       ///< the rows in no order

  /// As often as in the lists of 2025. Where the numbers come from: `noise.cpp`.
  static Noise as_measured();
  /// All rates times `factor`, none above 0.9.
  [[nodiscard]] Noise times(double factor) const;
};

}  // namespace agreementd::generator
