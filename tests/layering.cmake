# SPDX-License-Identifier: BSL-1.0
# A room includes itself and the rooms above it, never below, never the umbrella; every public
# header has its test and its line in the umbrella.   cmake -P tests/layering.cmake
# `cmake -D WRITE=ON -P tests/layering.cmake` writes the umbrella anew.
cmake_minimum_required(VERSION 3.25)
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH root)
set(rooms core weights design totals estimate published interval hypothesis trend plan table report io)
# The one header outside io/ that reads another package than Boost and Eigen, and so is not in the
# umbrella. By name, since it has nothing to do with files, for which io/ (and libcsv with it) is.
set(picture baro/report/trend_picture.hpp)
foreach(room IN LISTS rooms)
  list(APPEND above ${room})
  list(JOIN above "|" allowed)
  file(GLOB_RECURSE headers RELATIVE ${root}/include ${root}/include/baro/${room}/*.hpp)
  foreach(header IN LISTS headers)
    file(STRINGS ${root}/include/${header} lines REGEX "^ *# *include")
    foreach(line IN LISTS lines)
      if(line MATCHES "[<\"]baro/" AND NOT line MATCHES "<baro/(${allowed})/")
        list(APPEND faults "${header}: ${line}  (a room below, or the umbrella)")
      elseif(line MATCHES "iostream>" AND NOT room STREQUAL "report")
        list(APPEND faults "${header}: ${line}  (only report/ prints)")
      elseif(NOT line MATCHES "<baro/|<[a-z_0-9]+>|<sys/mman.h>" AND room STREQUAL "core")
        list(APPEND faults "${header}: ${line}  (core/ uses the standard library alone, and asks Linux for large pages)")
      elseif(header STREQUAL picture AND line MATCHES "<nlohmann/json.hpp>")
        continue()
      elseif(NOT line MATCHES "<baro/|<[a-z_0-9]+>|<sys/mman.h>|<Eigen/|<boost/" AND NOT room STREQUAL "io")
        list(APPEND faults "${header}: ${line}  (other packages live in io/ only)")
      endif()
    endforeach()
    if(NOT header MATCHES "/detail/")
      string(REGEX REPLACE "^baro/(.*)\\.hpp$" "tests/\\1.test.cpp" test ${header})
      if(NOT EXISTS ${root}/${test})
        list(APPEND faults "${header}: has no ${test}")
      endif()
      if(NOT room STREQUAL "io" AND NOT header STREQUAL picture)
        list(APPEND wanted "#include <${header}>")
      endif()
    endif()
  endforeach()
endforeach()
set(umbrella ${root}/include/baro/baro.hpp)
if(WRITE)
  list(JOIN wanted "\n" text)
  file(WRITE ${umbrella} "// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Everything but io/, in the order the rooms build on each other. No header of ours includes
/// it.
// clang-format off
${text}
// clang-format on
")
endif()
file(STRINGS ${umbrella} present REGEX "^#include")
foreach(line IN LISTS wanted)
  if(NOT line IN_LIST present)
    list(APPEND faults "baro/baro.hpp: lacks ${line}")
  endif()
endforeach()
foreach(line IN LISTS present)
  if(NOT line IN_LIST wanted)
    list(APPEND faults "baro/baro.hpp: ${line}  (not a public header)")
  endif()
endforeach()
if(faults)
  list(JOIN faults "\n  " faults)
  message(FATAL_ERROR "layering:\n  ${faults}")
endif()
