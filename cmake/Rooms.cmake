# forkloom_room(<room> SOURCES ... [USES <rooms>] [LIBRARIES ...] [TESTS ...] [BENCHMARKS ...])
# One folder of src/ as one library, forkloom_<room>, with its unit tests as forkloom_<room>_test.
# A room without SOURCES has headers only.
function(forkloom_room room)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;LIBRARIES;TESTS;BENCHMARKS" ${ARGN})
  set(target forkloom_${room})
  set(scope PUBLIC)
  if(ARG_SOURCES)
    add_library(${target} STATIC ${ARG_SOURCES})
    target_link_libraries(${target} PRIVATE forkloom_compiler)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(${target} ${scope} ${CMAKE_SOURCE_DIR}/src)
  list(TRANSFORM ARG_USES PREPEND forkloom_)
  target_link_libraries(${target} ${scope} ${ARG_USES} ${ARG_LIBRARIES})

  if(ARG_TESTS)
    add_executable(${target}_test ${ARG_TESTS})
    target_link_libraries(${target}_test PRIVATE ${target} forkloom_compiler GTest::gmock
                          GTest::gtest_main)
    gtest_discover_tests(${target}_test TEST_PREFIX ${room}. DISCOVERY_MODE PRE_TEST)
  endif()
  if(ARG_BENCHMARKS)
    add_executable(${target}_benchmark ${ARG_BENCHMARKS})
    target_link_libraries(${target}_benchmark PRIVATE ${target} forkloom_compiler
                          benchmark::benchmark_main)
  endif()
endfunction()

# forkloom_python_room(<room> SOURCES ... [USES ...] [USES_PYTHON ...] [TESTS ...])
# The same once per CPython version, as forkloom_<room>_<tag>. USES_PYTHON names rooms that are
# themselves built per version. Tests are an extension module that the interpreter imports, so
# that they run where the code runs: inside that interpreter.
function(forkloom_python_room room)
  cmake_parse_arguments(ARG "" "" "SOURCES;USES;USES_PYTHON;LIBRARIES;TESTS" ${ARGN})
  list(TRANSFORM ARG_USES PREPEND forkloom_)
  foreach(tag ${FORKLOOM_PYTHON_TAGS})
    set(target forkloom_${room}_${tag})
    add_library(${target} STATIC ${ARG_SOURCES})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_include_directories(${target} SYSTEM PUBLIC ${FORKLOOM_PYTHON_${tag}_INCLUDE})
    target_link_libraries(${target} PRIVATE forkloom_compiler)
    target_link_libraries(${target} PUBLIC ${ARG_USES} ${ARG_LIBRARIES})
    foreach(used ${ARG_USES_PYTHON})
      target_link_libraries(${target} PUBLIC forkloom_${used}_${tag})
    endforeach()
    if(ARG_TESTS)
      add_library(${target}_test MODULE ${ARG_TESTS})
      set_target_properties(${target}_test PROPERTIES PREFIX "" OUTPUT_NAME forkloom_${room}_test
                            SUFFIX ${FORKLOOM_PYTHON_${tag}_SUFFIX}
                            LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/python_tests)
      target_link_libraries(${target}_test PRIVATE ${target} forkloom_compiler GTest::gmock
                            GTest::gtest)
      add_test(NAME ${room}.${tag}
               COMMAND ${FORKLOOM_PYTHON_${tag}_EXECUTABLE} -c
                       "import sys; sys.path.insert(0, '${CMAKE_BINARY_DIR}/python_tests'); import forkloom_${room}_test as t; sys.exit(t.run())")
      if(FORKLOOM_SANITIZER STREQUAL "address")
        execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libasan.so
                        OUTPUT_VARIABLE preload OUTPUT_STRIP_TRAILING_WHITESPACE)
        set_tests_properties(${room}.${tag} PROPERTIES ENVIRONMENT
                             "LD_PRELOAD=${preload};ASAN_OPTIONS=detect_leaks=0")
      elseif(FORKLOOM_SANITIZER STREQUAL "thread")
        execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-file-name=libtsan.so
                        OUTPUT_VARIABLE preload OUTPUT_STRIP_TRAILING_WHITESPACE)
        set_tests_properties(${room}.${tag} PROPERTIES ENVIRONMENT "LD_PRELOAD=${preload}")
      endif()
    endif()
  endforeach()
endfunction()
