#include "tests/generator/places.h"

#include <algorithm>
#include <array>

namespace agreementd::generator {
namespace {

struct Row {
  std::string_view code, name, county;
  int weight;
  std::string_view counties;  ///< parted by commas
};

constexpr Row rows[] = {
    {"FL", "Florida", "County", 33,
     "Alachua,Baker,Bay,Bradford,Brevard,Calhoun,Charlotte,Citrus,Clay,Collier,Columbia,"
     "DeSoto,Dixie,Duval,Escambia,Flagler,Franklin,Gadsden,Gilchrist,Glades,Gulf,Hamilton,"
     "Hardee,Hendry,Hernando,Highlands,Holmes,Jackson,Lake,Lee,Leon,Levy,Liberty,Madison,"
     "Manatee,Marion,Martin,Monroe,Nassau,Okaloosa,Orange,Osceola,Pasco,Pinellas,Polk,Putnam,"
     "Santa Rosa,Sarasota,Seminole,St. Johns,St. Lucie,Sumter,Suwannee,Taylor,Union,Volusia,"
     "Wakulla,Walton,Washington"},
    {"TX", "Texas", "County", 18,
     "Anderson,Angelina,Archer,Austin,Bailey,Bandera,Bastrop,Bee,Bell,Blanco,Bowie,Brazoria,"
     "Brazos,Brown,Burnet,Caldwell,Callahan,Cherokee,Clay,Collin,Comal,Cooke,Coryell,Dallam,"
     "Denton,Eastland,Ellis,Erath,Fannin,Galveston,Gillespie,Goliad,Gray,Grayson,Hardin,Hays,"
     "Hill,Hood,Hunt,Jackson,Jasper,Johnson,Kaufman,Kendall,Kerr,Lamar,Lavaca,Liberty,"
     "Live Oak,Lubbock,Medina,Midland,Montgomery,Nueces,Orange,Parker,Polk,Potter,Randall,"
     "Refugio,Rockwall,Rusk,Smith,Taylor,Terry,Tyler,Upshur,Walker,Waller,Wharton,Wichita,"
     "Wilson,Wise,Wood,Young"},
    {"PA", "Pennsylvania", "County", 6,
     "Adams,Armstrong,Beaver,Bedford,Blair,Bradford,Bucks,Butler,Cambria,Clarion,Columbia,"
     "Crawford,Cumberland,Fayette,Fulton,Jefferson,Juniata,Lancaster,Lawrence,Lebanon,Mercer,"
     "Mifflin,Perry,Snyder,Somerset,Tioga,Union,Venango,Washington,York"},
    {"VA", "Virginia", "County", 5,
     "Albemarle,Amherst,Augusta,Bedford,Botetourt,Buchanan,Campbell,Carroll,Culpeper,Fauquier,"
     "Franklin,Giles,Grayson,Hanover,Henry,Louisa,Lunenburg,Madison,Page,Pulaski,Scott,Smyth,"
     "Tazewell,Warren,Washington,Wise,Wythe"},
    {"SC", "South Carolina", "County", 4,
     "Aiken,Anderson,Berkeley,Cherokee,Chester,Clarendon,Dorchester,Horry,Kershaw,Lancaster,"
     "Laurens,Lexington,Newberry,Oconee,Pickens,Union,York"},
    {"TN", "Tennessee", "County", 4,
     "Bradley,Carter,Dickson,Greene,Grundy,Hamblen,Knox,Loudon,Madison,Marion,Maury,Monroe,"
     "Putnam,Rutherford,Sumner,Washington,Williamson,Wilson"},
    {"AL", "Alabama", "County", 4,
     "Baldwin,Bibb,Cherokee,Coffee,Colbert,Cullman,Etowah,Franklin,Houston,Lawrence,Limestone,"
     "Marshall,Mobile,Morgan,Shelby,Walker"},
    {"GA", "Georgia", "County", 4,
     "Barrow,Bartow,Bibb,Burke,Carroll,Cherokee,Columbia,Coweta,Floyd,Forsyth,Glynn,Hall,"
     "Houston,Jackson,Lowndes,Oconee,Polk,Walton,Whitfield"},
    {"LA", "Louisiana", "Parish", 3,
     "Acadia,Allen,Ascension,Beauregard,Bossier,Caddo,Calcasieu,Iberia,Lafourche,Livingston,"
     "Plaquemines,Rapides,Sabine,Tangipahoa,Vermilion,Washington"},
    {"OK", "Oklahoma", "County", 3,
     "Canadian,Carter,Cleveland,Comanche,Creek,Garfield,Garvin,Grady,Love,Mayes,Payne,Rogers,"
     "Tulsa,Wagoner,Washita,Woodward"},
    {"KS", "Kansas", "County", 2,
     "Anderson,Barton,Butler,Coffey,Ellis,Finney,Ford,Jackson,Johnson,Lyon,Marion,Miami,Reno,"
     "Riley,Saline,Sedgwick"},
    {"MN", "Minnesota", "County", 2,
     "Cass,Chisago,Crow Wing,Freeborn,Isanti,Itasca,Jackson,Kandiyohi,Mille Lacs,Mower,"
     "Sherburne,Wadena"},
    {"IN", "Indiana", "County", 2,
     "Allen,Bartholomew,Clay,Daviess,Elkhart,Fountain,Hamilton,Hendricks,Jasper,Johnson,"
     "Morgan,Owen,Tippecanoe,Wells"},
    {"MO", "Missouri", "County", 2,
     "Audrain,Barton,Bollinger,Camden,Cass,Christian,Franklin,Greene,Jasper,Lawrence,Newton,"
     "Phelps,Scott,Taney"},
    {"OH", "Ohio", "County", 1,
     "Allen,Butler,Clermont,Fayette,Geauga,Lake,Licking,Medina,Miami,Portage,Seneca,Warren"},
};

StatePlaces read(const Row& row) {
  StatePlaces places{row.code, row.name, row.county, {}, row.weight};
  for (auto rest = row.counties; !rest.empty();) {
    const auto end = std::min(rest.find(','), rest.size());
    places.counties.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return places;
}

std::vector<StatePlaces> all_states() {
  std::vector<StatePlaces> all;
  for (const auto& row : rows) all.push_back(read(row));
  return all;
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
