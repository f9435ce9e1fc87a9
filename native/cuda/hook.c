// The life of a trace: open, begin, a thread that flushes, silence after a fork, an end at exit. One a process at a time.

#include "hook.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "activity.h"
#include "flusher.h"
#include "library-search.h"
#include "sink.h"

static atomic_int silent;

// The child of a fork shares the file and has no thread to flush it: it says nothing more.
static void after_fork(void) {
  silent = 1;
  forget_activity();
  flusher_forget();
  sink_forget();
}

static void prepare_process(void) {
  pthread_atfork(NULL, NULL, after_fork);
  atexit(hook_stop);
  at_quick_exit(hook_stop);
}

void hook_open_trace(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare_process);
  flusher_start();
}

// What is registered last runs first: before CUPTI, loaded by now, takes itself down.
static void register_again(void) { atexit(hook_stop); }

int hook_begin(int mode, int in_driver, HookState* state) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  const int ready = begin_activity(mode, in_driver, state);
  if (ready) pthread_once(&once, register_again);
  trace_state(state, mode == HOOK_FULL);
  sink_write();
  return ready;
}

void hook_probe(HookState* state) {
  Libraries found;
  find_libraries(&found, 0, state);
}

void hook_start(const char* file, int mode, HookState* state) {
  if (silent || sink_is_open()) {
    hook_state(state, HOOK_CUPTI_BUSY, 0, "a trace of this process is running already");
    return;
  }
  const int code = sink_open(file, 0);
  if (code != 0) {
    hook_state(state, HOOK_NO_HOOK, code, "%s: %s", file, strerror(code));
    return;
  }
  hook_begin(mode, 0, state);
  hook_open_trace();
}

void hook_push_step(uint64_t step) { push_step(step); }
void hook_pop_step(void) { pop_step(); }

void hook_flush(int forced) {
  const int before = errno;
  if (!silent && sink_is_ours()) {
    flush_activity(forced);
    sink_write();
  }
  errno = before;
}

void hook_stop(void) {
  const int before = errno;
  if (silent || !sink_is_ours()) return;
  // Where CUPTI does not come back from a flush it would not come back from the next: the trace stays without an end.
  if (flusher_stop()) {
    end_activity();
    trace_end(activity_counts());
  }
  sink_close();
  errno = before;
}
