# Asks each interpreter of FORKLOOM_PYTHONS what a module for it needs. Sets
#   FORKLOOM_PYTHON_TAGS          e.g. 311;313t (one per CPython version)
#   FORKLOOM_PYTHON_<tag>_{EXECUTABLE,INCLUDE,SUFFIX}
if(FORKLOOM_PYTHONS)
  set(interpreters ${FORKLOOM_PYTHONS})
else()
  find_program(FORKLOOM_PYTHON3 python3 REQUIRED)
  set(interpreters ${FORKLOOM_PYTHON3})
endif()

set(FORKLOOM_PYTHON_TAGS "")
foreach(interpreter ${interpreters})
  execute_process(
    COMMAND ${interpreter} -I -c "import sys, sysconfig
v = sysconfig.get_config_var
print(f'{sys.version_info[0]}{sys.version_info[1]}' + ('t' if v('Py_GIL_DISABLED') else ''),
      sys.executable, sysconfig.get_path('include'), v('EXT_SUFFIX'), sep=';')"
    OUTPUT_VARIABLE answer OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "FORKLOOM_PYTHONS: '${interpreter}' did not answer as a Python interpreter")
  endif()
  list(GET answer 0 tag)
  list(GET answer 1 executable)
  list(GET answer 2 include)
  list(GET answer 3 suffix)
  if(NOT tag MATCHES "^31[0-4]t?$")
    message(FATAL_ERROR "FORKLOOM_PYTHONS: '${interpreter}' is CPython ${tag}; 3.10 to 3.14 are supported")
  endif()
  if(NOT EXISTS ${include}/Python.h)
    message(FATAL_ERROR "FORKLOOM_PYTHONS: '${interpreter}' has no ${include}/Python.h: "
                        "install its development files (Debian: python3-dev)")
  endif()
  if(tag IN_LIST FORKLOOM_PYTHON_TAGS)
    continue()
  endif()
  list(APPEND FORKLOOM_PYTHON_TAGS ${tag})
  set(FORKLOOM_PYTHON_${tag}_EXECUTABLE ${executable})
  set(FORKLOOM_PYTHON_${tag}_INCLUDE ${include})
  set(FORKLOOM_PYTHON_${tag}_SUFFIX ${suffix})
  message(STATUS "Runtime module for CPython ${tag}: ${executable}")
endforeach()
