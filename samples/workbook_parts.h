#pragma once

#include <string>

#include <pugixml.hpp>

#include "model/time.h"

/// The parts of a workbook (ECMA-376) that hold nothing of the list.
namespace agreementd::samples {

std::string content_types();
std::string package_relationships();
std::string workbook_part();
std::string workbook_relationships();
/// Cell style 1 is a date (number format 14), 0 everything else.
std::string styles();
/// docProps/core.xml: when the workbook was last saved.
std::string core_properties(Instant saved_at);

/// A root element under an XML declaration. `ns` is its default namespace.
pugi::xml_node add_root(pugi::xml_document& document, const char* name, const char* ns);
/// The document as one line.
std::string print(const pugi::xml_document& document);

}  // namespace agreementd::samples
