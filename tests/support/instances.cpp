// SPDX-License-Identifier: BSL-1.0
#define TEST_INSTANCE template
#include "instances.hpp"
