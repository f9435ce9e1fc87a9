// Numbers for texts, from 1 on: a hash table of copies. Not for several threads at once.
#pragma once

#include <stdint.h>

// 0 where there is no memory for it.
uint32_t name_number(const char* text, uint32_t length, int* is_new);
void forget_names(void);
