// Records of a trace that are about the trace itself.
#pragma once

#include <stdint.h>

#include "hook.h"

typedef struct {
  uint64_t requested, completed, dropped, lost, records;
} HookCounts;

// The program, the versions (0: not known yet) and the libcupti used.
void trace_process(uint32_t cupti_version, uint32_t driver_version, const char* library);
void trace_state(const HookState* state, int full);

// timestamp: cuptiGetTimestamp, or null.
void trace_clock(int (*timestamp)(uint64_t*));
void trace_buffers(HookCounts counts);
void trace_end(HookCounts counts);

// CLOCK_REALTIME, ns.
uint64_t trace_now(void);

// In hook.c, for the injected entry points: begins activity in a trace that is open, from within cuInit or not.
int hook_begin(int mode, int in_driver, HookState* state);
// What every open trace needs: a thread that flushes, an end at exit, silence after a fork.
void hook_open_trace(void);
