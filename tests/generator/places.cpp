#include "tests/generator/places.h"

#include <array>

namespace agreementd::generator {
namespace {

std::vector<StatePlaces> all_states() {
  return {
      {"FL",
       "Florida",
       "County",
       {"Alachua",   "Baker",     "Bay",       "Bradford", "Brevard",    "Calhoun",  "Charlotte",
        "Citrus",    "Clay",      "Collier",   "Columbia", "DeSoto",     "Dixie",    "Duval",
        "Escambia",  "Flagler",   "Franklin",  "Gadsden",  "Gilchrist",  "Glades",   "Gulf",
        "Hamilton",  "Hardee",    "Hendry",    "Hernando", "Highlands",  "Holmes",   "Jackson",
        "Lake",      "Lee",       "Leon",      "Levy",     "Liberty",    "Madison",  "Manatee",
        "Marion",    "Martin",    "Monroe",    "Nassau",   "Okaloosa",   "Orange",   "Osceola",
        "Pasco",     "Pinellas",  "Polk",      "Putnam",   "Santa Rosa", "Sarasota", "Seminole",
        "St. Johns", "St. Lucie", "Sumter",    "Suwannee", "Taylor",     "Union",    "Volusia",
        "Wakulla",   "Walton",    "Washington"},
       33},
      {"TX",
       "Texas",
       "County",
       {"Anderson", "Angelina",  "Archer",    "Austin",     "Bailey",   "Bandera", "Bastrop",
        "Bee",      "Bell",      "Blanco",    "Bowie",      "Brazoria", "Brazos",  "Brown",
        "Burnet",   "Caldwell",  "Callahan",  "Cherokee",   "Clay",     "Collin",  "Comal",
        "Cooke",    "Coryell",   "Dallam",    "Denton",     "Eastland", "Ellis",   "Erath",
        "Fannin",   "Galveston", "Gillespie", "Goliad",     "Gray",     "Grayson", "Hardin",
        "Hays",     "Hill",      "Hood",      "Hunt",       "Jackson",  "Jasper",  "Johnson",
        "Kaufman",  "Kendall",   "Kerr",      "Lamar",      "Lavaca",   "Liberty", "Live Oak",
        "Lubbock",  "Medina",    "Midland",   "Montgomery", "Nueces",   "Orange",  "Parker",
        "Polk",     "Potter",    "Randall",   "Refugio",    "Rockwall", "Rusk",    "Smith",
        "Taylor",   "Terry",     "Tyler",     "Upshur",     "Walker",   "Waller",  "Wharton",
        "Wichita",  "Wilson",    "Wise",      "Wood",       "Young"},
       18},
      {"PA",
       "Pennsylvania",
       "County",
       {"Adams",      "Armstrong", "Beaver",  "Bedford",   "Blair",      "Bradford",
        "Bucks",      "Butler",    "Cambria", "Clarion",   "Columbia",   "Crawford",
        "Cumberland", "Fayette",   "Fulton",  "Jefferson", "Juniata",    "Lancaster",
        "Lawrence",   "Lebanon",   "Mercer",  "Mifflin",   "Perry",      "Snyder",
        "Somerset",   "Tioga",     "Union",   "Venango",   "Washington", "York"},
       6},
      {"VA",
       "Virginia",
       "County",
       {"Albemarle", "Amherst",  "Augusta",   "Bedford",    "Botetourt", "Buchanan", "Campbell",
        "Carroll",   "Culpeper", "Fauquier",  "Franklin",   "Giles",     "Grayson",  "Hanover",
        "Henry",     "Louisa",   "Lunenburg", "Madison",    "Page",      "Pulaski",  "Scott",
        "Smyth",     "Tazewell", "Warren",    "Washington", "Wise",      "Wythe"},
       5},
      {"SC",
       "South Carolina",
       "County",
       {"Aiken", "Anderson", "Berkeley", "Cherokee", "Chester", "Clarendon", "Dorchester", "Horry",
        "Kershaw", "Lancaster", "Laurens", "Lexington", "Newberry", "Oconee", "Pickens", "Union",
        "York"},
       4},
      {"TN",
       "Tennessee",
       "County",
       {"Bradley", "Carter", "Dickson", "Greene", "Grundy", "Hamblen", "Knox", "Loudon", "Madison",
        "Marion", "Maury", "Monroe", "Putnam", "Rutherford", "Sumner", "Washington", "Williamson",
        "Wilson"},
       4},
      {"AL",
       "Alabama",
       "County",
       {"Baldwin", "Bibb", "Cherokee", "Coffee", "Colbert", "Cullman", "Etowah", "Franklin",
        "Houston", "Lawrence", "Limestone", "Marshall", "Mobile", "Morgan", "Shelby", "Walker"},
       4},
      {"GA",
       "Georgia",
       "County",
       {"Barrow", "Bartow", "Bibb", "Burke", "Carroll", "Cherokee", "Columbia", "Coweta", "Floyd",
        "Forsyth", "Glynn", "Hall", "Houston", "Jackson", "Lowndes", "Oconee", "Polk", "Walton",
        "Whitfield"},
       4},
      {"LA",
       "Louisiana",
       "Parish",
       {"Acadia", "Allen", "Ascension", "Beauregard", "Bossier", "Caddo", "Calcasieu", "Iberia",
        "Lafourche", "Livingston", "Plaquemines", "Rapides", "Sabine", "Tangipahoa", "Vermilion",
        "Washington"},
       3},
      {"OK",
       "Oklahoma",
       "County",
       {"Canadian", "Carter", "Cleveland", "Comanche", "Creek", "Garfield", "Garvin", "Grady",
        "Love", "Mayes", "Payne", "Rogers", "Tulsa", "Wagoner", "Washita", "Woodward"},
       3},
      {"KS",
       "Kansas",
       "County",
       {"Anderson", "Barton", "Butler", "Coffey", "Ellis", "Finney", "Ford", "Jackson", "Johnson",
        "Lyon", "Marion", "Miami", "Reno", "Riley", "Saline", "Sedgwick"},
       2},
      {"MN",
       "Minnesota",
       "County",
       {"Cass", "Chisago", "Crow Wing", "Freeborn", "Isanti", "Itasca", "Jackson", "Kandiyohi",
        "Mille Lacs", "Mower", "Sherburne", "Wadena"},
       2},
      {"IN",
       "Indiana",
       "County",
       {"Allen", "Bartholomew", "Clay", "Daviess", "Elkhart", "Fountain", "Hamilton", "Hendricks",
        "Jasper", "Johnson", "Morgan", "Owen", "Tippecanoe", "Wells"},
       2},
      {"MO",
       "Missouri",
       "County",
       {"Audrain", "Barton", "Bollinger", "Camden", "Cass", "Christian", "Franklin", "Greene",
        "Jasper", "Lawrence", "Newton", "Phelps", "Scott", "Taney"},
       2},
      {"OH",
       "Ohio",
       "County",
       {"Allen", "Butler", "Clermont", "Fayette", "Geauga", "Lake", "Licking", "Medina", "Miami",
        "Portage", "Seneca", "Warren"},
       1},
  };
}

}  // namespace

std::span<const StatePlaces> state_places() {
  static const auto all = all_states();
  return all;
}

std::string town(Draw& draw) {
  static constexpr std::array stems{
      "Ash",     "Maple",  "Cedar",  "Oak",    "Elm",    "Pine",   "Willow",   "Rose",
      "Clear",   "Spring", "Stone",  "Silver", "Fair",   "Bright", "Deer",     "Eagle",
      "Hawk",    "Fox",    "Bear",   "Swan",   "Heron",  "Mill",   "Red",      "White",
      "Black",   "Green",  "Gold",   "Sand",   "Wind",   "Rock",   "Summer",   "Winter",
      "Harvest", "Plum",   "Cherry", "Hazel",  "Laurel", "Holly",  "Sycamore", "Juniper"};
  static constexpr std::array endings{
      "ton",      "ville",     "field", "wood",    "dale",    "burg",     "port",   "ridge",
      " Springs", " Beach",    " Park", " Shores", " City",   " Heights", " Falls", " Grove",
      " Creek",   " Junction", "mont",  "haven",   " Center", " Valley",  " Hills"};
  static constexpr std::array fronts{"North ", "South ", "East ", "West ",
                                     "Lake ",  "Fort ",  "St. "};
  std::string name = draw.chance(0.12) ? draw.pick(fronts) : "";
  name += draw.pick(stems);
  return name + draw.pick(endings);
}

}  // namespace agreementd::generator
