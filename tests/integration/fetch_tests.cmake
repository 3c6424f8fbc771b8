# The fetcher, the poster and the mailer against servers that behave, and misbehave. No PostgreSQL.
# Included by CMakeLists.txt.
find_package(OpenSSL REQUIRED COMPONENTS SSL)
file(GLOB fetch_tests CONFIGURE_DEPENDS
  ${CMAKE_CURRENT_LIST_DIR}/fetch_*.cpp ${CMAKE_CURRENT_LIST_DIR}/mail_*.cpp
  ${CMAKE_CURRENT_LIST_DIR}/post_*.cpp)
agreementd_test(fetch_tests
  LINKS agreementd_fetchers agreementd_fakes OpenSSL::SSL ${CMAKE_DL_LIBS}
  LABELS integration
  SOURCES ${fetch_tests})
# It has a getaddrinfo and a connect of its own for libcurl to find (fetch_network.h).
set_target_properties(fetch_tests PROPERTIES ENABLE_EXPORTS ON)
