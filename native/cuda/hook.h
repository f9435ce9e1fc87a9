// The CUDA hook as a C API: CUPTI activity, by dlopen, written to a file of trace-format.h. No CUDA header is needed.
#pragma once

#include <stdint.h>

#include "hook-stage.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  int stage;
  int code;
  char message[512];
} HookState;

enum HookMode { HOOK_KERNELS = 0, HOOK_FULL = 1 };

// Looks for everything that tracing needs, up to cuInit and the number of devices; starts nothing.
void hook_probe(HookState* state);

// Opens `file` (truncated) and begins; in any case the file has head, process, state and a clock. Once a process at a time.
void hook_start(const char* file, int mode, HookState* state);

// Activity launched by this thread until the pop belongs to `step`. Cheap when nothing is traced.
void hook_push_step(uint64_t step);
void hook_pop_step(void);

// Asks CUPTI for what it has completed; forced: also for what is not full. Adds a clock and the counts of buffers.
void hook_flush(int forced);

// Flushes, writes END, closes. Safe to call when nothing was started.
void hook_stop(void);

#ifdef __cplusplus
}
#endif
