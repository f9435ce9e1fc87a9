// Counters of the kernel for Node: filled into arrays that the caller owns.

#include "binding/binding.h"

void add_counters(Napi::Env, Napi::Object) {}
