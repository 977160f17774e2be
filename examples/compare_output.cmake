# SPDX-License-Identifier: BSL-1.0
# Runs PROGRAM and compares what it prints with <name>.expected beside this file.
# With -D WRITE=ON the file is written anew: read the change before you commit it.
cmake_path(GET PROGRAM STEM name)
set(expected ${CMAKE_CURRENT_LIST_DIR}/${name}.expected)
execute_process(COMMAND ${PROGRAM} OUTPUT_VARIABLE printed RESULT_VARIABLE code)
if(NOT code EQUAL 0)
  message(FATAL_ERROR "${name}: ended with ${code}")
elseif(WRITE)
  file(WRITE ${expected} "${printed}")
  return()
endif()
file(READ ${expected} wanted)
if(NOT printed STREQUAL wanted)
  message(FATAL_ERROR "${name} printed\n${printed}\ninstead of ${expected}\n${wanted}")
endif()
