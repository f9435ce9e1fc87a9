// Finding the driver and libcupti of this process, stage by stage; nothing is started.
#pragma once

#include "cupti-abi.h"
#include "hook.h"

typedef struct {
  Cupti cupti;
  uint32_t cupti_version;
  // As cuDriverGetVersion gives it, 13000 for 13.0; 0 where unknown.
  uint32_t driver_version;
  // cuDeviceGetCount, which fails until cuInit is through.
  int (*device_count)(int*);
  char path[512];
} Libraries;

void hook_state(HookState* state, int stage, int code, const char* format, ...)
    __attribute__((format(printf, 4, 5)));

// Whether a driver is loaded in the kernel, by what it says of itself: loading libcuda would create device files.
int driver_present(void);

// in_driver: called from within cuInit, which must not be called again then.
// Returns 1 and stage `ready`, or 0 and where it ended. What is found stays loaded.
int find_libraries(Libraries* found, int in_driver, HookState* state);
