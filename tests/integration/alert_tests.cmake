# Alerts: couriers on a database, and the places they send to.
file(GLOB alert_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/alert_*.cpp)
agreementd_integration_test(alert_tests LINKS agreementd_alerts agreementd_fakes rapidcheck rapidcheck_gtest GTest::gmock
  SOURCES ${alert_tests} ${PROJECT_SOURCE_DIR}/tests/unit/alerts/entries.cpp)

# The service killed at random moments while it tells a webhook, an SMTP server and a file of hundreds of entries.
set(check_alerts /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/check_alerts.py $<TARGET_FILE:agreementd>
  $<TARGET_FILE:agreementctl> $<TARGET_FILE:generate_lists> ${PROJECT_SOURCE_DIR}/scripts/private-postgres)
add_test(NAME Alerts.KilledAtRandomNothingIsMissing COMMAND ${check_alerts} 6)
add_test(NAME Alerts.KilledFiftyTimesNothingIsMissing COMMAND ${check_alerts} 50)
set_tests_properties(Alerts.KilledAtRandomNothingIsMissing PROPERTIES LABELS integration TIMEOUT 900)
set_tests_properties(Alerts.KilledFiftyTimesNothingIsMissing PROPERTIES LABELS long TIMEOUT 3600)

# Receivers that misbehave, each in its own way, beside some that do not.
add_test(NAME Alerts.WhateverAReceiverDoesNothingIsLostAndNoOtherWaits COMMAND /usr/bin/python3
  ${CMAKE_CURRENT_SOURCE_DIR}/check_receivers.py $<TARGET_FILE:agreementd> $<TARGET_FILE:agreementctl>
  $<TARGET_FILE:generate_lists> ${PROJECT_SOURCE_DIR}/scripts/private-postgres
  ${PROJECT_SOURCE_DIR}/docs/change.schema.json)
set_tests_properties(Alerts.WhateverAReceiverDoesNothingIsLostAndNoOtherWaits PROPERTIES LABELS integration TIMEOUT 300)
add_test(NAME Alerts.TheReceiversNoticeMistakes COMMAND /usr/bin/python3 ${CMAKE_CURRENT_SOURCE_DIR}/receivers_test.py)
set_tests_properties(Alerts.TheReceiversNoticeMistakes PROPERTIES LABELS unit)
