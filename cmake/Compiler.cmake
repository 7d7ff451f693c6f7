# Warnings, sanitizers and the linker, for every target of the project.
add_library(forkloom_compiler INTERFACE)
target_compile_options(forkloom_compiler INTERFACE -Wall -Wextra)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # False alarms on "literal" + std::string in gcc 12 (its bug 105651).
  target_compile_options(forkloom_compiler INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-restrict>)
endif()
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
if(FORKLOOM_WERROR)
  target_compile_options(forkloom_compiler INTERFACE -Werror)
endif()

if(FORKLOOM_SANITIZER STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  add_link_options(-fsanitize=address,undefined)
elseif(FORKLOOM_SANITIZER STREQUAL "thread")
  # gcc warns that ThreadSanitizer does not model fences, which Asio has.
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
  add_link_options(-fsanitize=thread)
elseif(NOT FORKLOOM_SANITIZER STREQUAL "")
  message(FATAL_ERROR "FORKLOOM_SANITIZER is '${FORKLOOM_SANITIZER}': use address or thread")
endif()
