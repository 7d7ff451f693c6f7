# The libraries that the project builds on, all from Debian (docs/DEPENDENCIES.md says why).
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(GTest REQUIRED)
find_package(benchmark REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
include(GoogleTest)

# Asio and Beast, compiled once instead of in every file that includes them.
add_library(forkloom_boost STATIC ${CMAKE_CURRENT_LIST_DIR}/boost_compiled.cpp)
target_compile_definitions(forkloom_boost PUBLIC
  BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
target_link_libraries(forkloom_boost PUBLIC Boost::headers Threads::Threads)
target_include_directories(forkloom_boost SYSTEM PUBLIC ${Boost_INCLUDE_DIRS})
