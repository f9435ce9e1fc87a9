// The first half of the search: the driver.
#pragma once

#include "library-search.h"

int find_driver(Libraries* found, int in_driver, HookState* state);
