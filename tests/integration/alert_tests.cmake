# Alerts: couriers on a database, and the places they send to.
file(GLOB alert_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/alert_*.cpp)
agreementd_integration_test(alert_tests LINKS agreementd_alerts GTest::gmock SOURCES ${alert_tests})
