// The first half of the search: the driver. Version as cuDriverGetVersion gives it, 13000 for 13.0; 0 where unknown.
#pragma once

#include "library-search.h"

int find_driver(uint32_t* version, int in_driver, HookState* state);
