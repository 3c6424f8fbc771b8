# cmake -DFILE=aliases.csv -DOUTPUT=shipped_aliases.cpp -P embed.cmake
# Writes the alias file into a source file, so that the program needs no files when it runs.
file(READ "${FILE}" csv)
file(WRITE "${OUTPUT}" "#include \"tracking/aliases.h\"

std::string_view agreementd::tracking::shipped_aliases() {
  return R\"csv(${csv})csv\";
}
")
