// Entry points of the library that CUDA loads within cuInit and NVTX at its first use. Inert without our own variables:
// MDBENCH_TRACE_FOLDER, where each program writes <pid>-<k>.trace, and MDBENCH_TRACE_MODE, kernels or full.

#include "injection.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "driver-search.h"
#include "hook-trace.h"
#include "sink.h"

static pthread_once_t opened = PTHREAD_ONCE_INIT;
static pthread_once_t begun = PTHREAD_ONCE_INIT;

// CUDA may never be initialized here: what is known without it is said at once.
static void introduce(void) {
  HookState state;
  trace_process(0, 0, "");
  trace_clock(NULL);
  if (!driver_present()) {
    hook_state(&state, HOOK_DRIVER_LIBRARY, 0, "no NVIDIA driver is loaded in the kernel");
    trace_state(&state, 0);
  }
  hook_open_trace();
}

// A number for each program that runs under the same pid, one after another.
static void open_trace(void) {
  const char* folder = getenv("MDBENCH_TRACE_FOLDER");
  char path[4096];
  if (folder == NULL || *folder == '\0') return;
  for (int k = 0; k < 1000; k++) {
    const int length = snprintf(path, sizeof path, "%s/%d-%d.trace", folder, (int)getpid(), k);
    if (length < 0 || (size_t)length >= sizeof path) return;
    const int code = sink_open(path, 1);
    if (code == EEXIST) continue;
    if (code == 0) introduce();
    return;
  }
}

int open_injected_trace(void) {
  const int before = errno;
  pthread_once(&opened, open_trace);
  errno = before;
  return sink_is_open();
}

static void begin_activity(void) {
  const char* mode = getenv("MDBENCH_TRACE_MODE");
  HookState state;
  hook_begin(mode != NULL && strcmp(mode, "full") == 0 ? HOOK_FULL : HOOK_KERNELS, 1, &state);
}

__attribute__((visibility("default"))) int InitializeInjection(void) {
  const int before = errno;
  if (open_injected_trace()) pthread_once(&begun, begin_activity);
  errno = before;
  return 1;
}
