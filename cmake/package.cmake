# `cpack`, after the target `package_files`, makes agreementd_<version>_<architecture>.deb. Installing starts nothing by itself.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR})
set(CPACK_PACKAGE_NAME agreementd)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "agreementd maintainers <agreementd@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "history of ICE's 287(g) agreement lists")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"A service that polls the lists of 287(g) agreements that ICE publishes and
replaces several times a week, and records in PostgreSQL every new,
terminated and changed agreement, with the evidence; and agreementctl, which
asks and feeds that history.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "systemd (>= 252) | systemd-sysusers, tzdata")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "postgresql (>= 15)")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/systemd/debian/conffiles
  ${PROJECT_SOURCE_DIR}/systemd/debian/postinst
  ${PROJECT_SOURCE_DIR}/systemd/debian/prerm
  ${PROJECT_SOURCE_DIR}/systemd/debian/postrm)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
install(FILES ${PROJECT_SOURCE_DIR}/systemd/debian/copyright DESTINATION share/doc/agreementd)
configure_file(${PROJECT_SOURCE_DIR}/systemd/debian/changelog.in
  ${PROJECT_BINARY_DIR}/systemd/changelog @ONLY)
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/systemd/changelog.gz
  COMMAND sh -c "exec gzip -9nc '${PROJECT_BINARY_DIR}/systemd/changelog' > '${PROJECT_BINARY_DIR}/systemd/changelog.gz'"
  DEPENDS ${PROJECT_BINARY_DIR}/systemd/changelog VERBATIM)
add_custom_target(package_changelog ALL DEPENDS ${PROJECT_BINARY_DIR}/systemd/changelog.gz)
install(FILES ${PROJECT_BINARY_DIR}/systemd/changelog.gz DESTINATION share/doc/agreementd)
# All that is in it, and no tests: what cpack does not build itself.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
add_custom_target(package_files DEPENDS agreementd agreementctl manuals package_changelog
  manual_agreementd.8 manual_agreementctl.1 manual_agreementd.toml.5)
include(CPack)
