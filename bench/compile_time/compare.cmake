# SPDX-License-Identifier: BSL-1.0
# Seconds to compile typical_use.cpp (baro.hpp and a typical use of it), beside a unit that only
# includes <Eigen/Dense> and the Boost.Math distributions that our headers use. The shortest of
# RUNS compilations each, in turns.   -D COMPILER=… -D FLAGS=… -D INCLUDES=a;b -D OUTPUT=folder
cmake_minimum_required(VERSION 3.25)
set(RUNS 5 CACHE STRING "")
set(limit 160)  # hundredths

set(here ${CMAKE_CURRENT_LIST_DIR})
file(GLOB_RECURSE headers ${here}/../../include/baro/*.hpp)
list(FILTER headers EXCLUDE REGEX "/baro/io/")
set(includes "#include <Eigen/Dense>")
foreach(header IN LISTS headers)
  file(STRINGS ${header} lines REGEX "^#include <boost/math/distributions/")
  list(APPEND includes ${lines})
endforeach()
list(REMOVE_DUPLICATES includes)
list(JOIN includes "\n" text)
file(WRITE ${OUTPUT}/eigen_and_boost.cpp "${text}\nint main() {}\n")
list(LENGTH includes count)
math(EXPR count "${count} - 1")

separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
list(TRANSFORM INCLUDES PREPEND "-I")
function(compile source best)  # keeps the shortest time so far, in microseconds
  string(TIMESTAMP from "%s%f" UTC)
  execute_process(COMMAND ${COMPILER} -std=c++20 ${FLAGS} ${INCLUDES} -c ${source} -o ${OUTPUT}/unit.o
    COMMAND_ERROR_IS_FATAL ANY)
  string(TIMESTAMP to "%s%f" UTC)
  math(EXPR took "${to} - ${from}")
  if(NOT DEFINED ${best} OR took LESS ${best})
    set(${best} ${took} PARENT_SCOPE)
  endif()
endfunction()
foreach(run RANGE 1 ${RUNS})
  compile(${here}/typical_use.cpp ours)
  compile(${OUTPUT}/eigen_and_boost.cpp theirs)
endforeach()

function(decimal hundredths text)
  math(EXPR whole "${hundredths} / 100")
  math(EXPR rest "${hundredths} % 100 + 100")
  string(SUBSTRING ${rest} 1 2 rest)
  set(${text} "${whole}.${rest}" PARENT_SCOPE)
endfunction()
math(EXPR ratio "100 * ${ours} / ${theirs}")
foreach(name IN ITEMS ours theirs)
  math(EXPR ${name} "${${name}} / 10000")
  decimal(${${name}} ${name})
endforeach()
decimal(${ratio} ratio_text)
decimal(${limit} limit_text)
string(JOIN " " flags ${FLAGS})
message(NOTICE "one translation unit, ${COMPILER} ${flags}, shortest of ${RUNS}
  baro.hpp and a typical use                       ${ours} s
  Eigen/Dense and ${count} Boost.Math distributions       ${theirs} s
  ratio                                            ${ratio_text}   (at most ${limit_text})")
if(ratio GREATER limit)
  message(FATAL_ERROR "baro.hpp compiles ${ratio_text} times slower than what it stands on")
endif()
