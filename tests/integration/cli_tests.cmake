# agreementctl as a user runs it. Included by CMakeLists.txt.
file(GLOB cli_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/cli_*.cpp)
agreementd_integration_test(cli_tests LINKS agreementd_model agreementd_sample_site GTest::gmock SOURCES ${cli_tests})
target_compile_definitions(cli_tests PRIVATE AGREEMENTCTL="$<TARGET_FILE:agreementctl>")
add_dependencies(cli_tests agreementctl samples)
