// Activity of the device from CUPTI into the trace that is open, from begin to end; one a process at a time.
#pragma once

#include "hook-trace.h"

// Looks for everything that is needed, writes down what was found, starts. 0: `state` says where it ended.
int begin_activity(int mode, int in_driver, HookState* state);

// What CUPTI has completed, or everything; then a clock and the counts.
void flush_activity(int forced);
void end_activity(void);
HookCounts activity_counts(void);

// What this thread launches from now on.
void push_step(uint64_t step);
void pop_step(void);

// In the child of a fork.
void forget_activity(void);
