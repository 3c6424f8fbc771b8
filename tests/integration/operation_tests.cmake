# The one operation (daemon/history.h) on a real database, with the sample lists. Included by
# CMakeLists.txt.
agreementd_integration_test(operation_tests
  LINKS agreementd_daemon agreementd_generator agreementd_sample_site nlohmann_json::nlohmann_json GTest::gmock
  SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/operation_archives.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_couriers.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_history.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_poll.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_poll_history.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_poll_trouble.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_proof.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_outage.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_service.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_feeds.cpp
    ${CMAKE_CURRENT_LIST_DIR}/operation_told.cpp
    ${PROJECT_SOURCE_DIR}/tests/unit/web/client.cpp)
add_dependencies(operation_tests samples)
