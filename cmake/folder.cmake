# One static library per folder, with exactly the links the architecture allows
# (docs/architecture.md; tests/includes checks the includes).
#
# agreementd_folder(NAME LINKS target... [PRIVATE target...] SOURCES file...)
function(agreementd_folder name)
  cmake_parse_arguments(arg "" "" "LINKS;PRIVATE;SOURCES" ${ARGN})
  add_library(agreementd_${name} STATIC ${arg_SOURCES})
  target_include_directories(agreementd_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(agreementd_${name} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE})
  agreementd_warnings(agreementd_${name})
endfunction()

# The warnings everything of ours is compiled with.
function(agreementd_warnings target)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wshadow -Wconversion
    $<$<BOOL:${AGREEMENTD_WERROR}>:-Werror>)
endfunction()
