# cmake -DFILES=a.sql;b.sql -DOUTPUT=migrations.cpp -P embed.cmake
# Writes the migrations into a source file, so that the program needs no files when it runs.
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name "${file}" NAME_WE)
  string(REGEX MATCH "^[0-9]+" number "${name}")
  math(EXPR number "1${number} - 1000")
  file(READ "${file}" sql)
  string(APPEND entries "      {${number}, \"${name}\", R\"sql(${sql})sql\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "#include \"storage/migrations.h\"

namespace agreementd::storage {

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = {
${entries}  };
  return all;
}

}  // namespace agreementd::storage
")
