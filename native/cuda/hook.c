// The life of a trace: start, buffers to and from CUPTI, a thread that flushes, stop. One trace a process at a time.

#include "hook.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "decode.h"
#include "flusher.h"
#include "hook-trace.h"
#include "launch-calls.h"
#include "library-search.h"
#include "sink.h"

enum { BUFFER_BYTES = 1 << 20 };

static Libraries libraries;
static void* subscriber;
static int mode;
static atomic_int tracing, silent;
static atomic_uint_fast64_t requested, completed, dropped, records;
static _Alignas(8) uint8_t emergency[BUFFER_BYTES / 16];

static void on_callback(void* data, int domain, uint32_t function, const void* about) {
  (void)data, (void)domain, (void)function, (void)about;
}

// Never a null buffer: older versions write to it without looking.
static void on_requested(uint8_t** buffer, size_t* size, size_t* most) {
  const int before = errno;
  *buffer = aligned_alloc(8, BUFFER_BYTES);
  *size = BUFFER_BYTES;
  *most = 0;
  if (*buffer == NULL) {
    *buffer = emergency;
    *size = sizeof emergency;
  }
  atomic_fetch_add(&requested, 1);
  errno = before;
}

static void on_completed(void* context, uint32_t stream, uint8_t* buffer, size_t size, size_t valid) {
  const int before = errno;
  size_t lost = 0;
  (void)size;
  if (!silent) {
    DecodeCounts counts = {0, 0};
    decode_buffer(&libraries.cupti, libraries.cupti_version, mode == HOOK_FULL, buffer, valid, &counts);
    atomic_fetch_add(&records, counts.records);
    atomic_fetch_add(&dropped, counts.refused);
  }
  if (libraries.cupti.dropped_records && libraries.cupti.dropped_records(context, stream, &lost) == 0)
    atomic_fetch_add(&dropped, lost);
  if (buffer != emergency) free(buffer);
  atomic_fetch_add(&completed, 1);
  errno = before;
}

static int fail(HookState* state, int stage, int code, const char* function) {
  const char* text = NULL;
  if (libraries.cupti.get_result_string(code, &text) != 0 || text == NULL) text = "no text for it";
  if (code == ABI_CUPTI_INSUFFICIENT_PRIVILEGES) stage = HOOK_CUPTI_PRIVILEGES;
  hook_state(state, stage, code, "%s: %s (%s)", function, text, libraries.path);
  return 0;
}

static void switch_calls(int (*enable)(uint32_t, uint8_t), const CallRange* ranges, int count, uint8_t on) {
  for (int k = 0; k < count; k++)
    for (uint32_t function = ranges[k].first; function <= ranges[k].last; function++) enable(function, on);
}

static int switches_calls(void) {
  const Cupti* cupti = &libraries.cupti;
  return mode == HOOK_KERNELS && cupti->enable_runtime_api != NULL && cupti->enable_driver_api != NULL;
}

static void switch_launches(uint8_t on) {
  switch_calls(libraries.cupti.enable_runtime_api, runtime_launches, RUNTIME_LAUNCHES, on);
  switch_calls(libraries.cupti.enable_driver_api, driver_launches, DRIVER_LAUNCHES, on);
}

// CUPTI tells an external identifier only ahead of an API record: at least the calls that launch and copy are needed.
static int enable_api(void) {
  Cupti* cupti = &libraries.cupti;
  if (switches_calls()) {
    switch_launches(1);
    return 0;
  }
  const int code = cupti->enable(ABI_RUNTIME);
  return code != 0 ? code : cupti->enable(ABI_DRIVER);
}

static int begin_activity(HookState* state) {
  static const int kinds[] = {ABI_CONCURRENT_KERNEL, ABI_MEMCPY, ABI_MEMSET, ABI_EXTERNAL_CORRELATION};
  Cupti* cupti = &libraries.cupti;
  int code = cupti->subscribe(&subscriber, on_callback, NULL);
  if (code != 0) {
    subscriber = NULL;
    const int busy = code == ABI_CUPTI_MULTIPLE_SUBSCRIBERS || code == ABI_CUPTI_MAX_LIMIT_REACHED;
    return fail(state, busy ? HOOK_CUPTI_BUSY : HOOK_CUPTI_SUBSCRIBE, code, "cuptiSubscribe");
  }
  if (cupti->set_thread_id_type != NULL) cupti->set_thread_id_type(ABI_THREAD_ID_SYSTEM);
  code = cupti->register_callbacks(on_requested, on_completed);
  if (code != 0) return fail(state, HOOK_CUPTI_REGISTER, code, "cuptiActivityRegisterCallbacks");
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    code = cupti->enable(kinds[k]);
    if (code != 0) return fail(state, HOOK_CUPTI_ENABLE, code, "cuptiActivityEnable");
  }
  code = enable_api();
  if (code != 0) return fail(state, HOOK_CUPTI_ENABLE, code, "cuptiActivityEnable of API calls");
  cupti->enable(ABI_MEMCPY2);
  return 1;
}

// Nothing new begins; what has begun is still delivered.
static void end_activity(void) {
  static const int kinds[] = {ABI_CONCURRENT_KERNEL, ABI_MEMCPY,  ABI_MEMCPY2, ABI_MEMSET,
                              ABI_RUNTIME,           ABI_DRIVER, ABI_EXTERNAL_CORRELATION};
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) libraries.cupti.disable(kinds[k]);
  if (switches_calls()) switch_launches(0);
}

static void leave_cupti(void) {
  if (subscriber != NULL) libraries.cupti.unsubscribe(subscriber);
  subscriber = NULL;
}

static HookCounts counts_now(void) {
  return (HookCounts){requested, completed, dropped, sink_lost(), records};
}

// The child of a fork shares the file and has no thread to flush it: it says nothing more.
static void after_fork(void) {
  silent = 1;
  tracing = 0;
  flusher_forget();
  sink_forget();
}

static void at_exit(void) {
  if (!silent) hook_stop();
}

static void prepare_process(void) {
  pthread_atfork(NULL, NULL, after_fork);
  atexit(at_exit);
}

void hook_open_trace(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, prepare_process);
  flusher_start();
}

int hook_begin(int wanted, int in_driver, HookState* state) {
  if (silent || tracing) {
    hook_state(state, HOOK_CUPTI_BUSY, 0, "a trace of this process is running already");
    return 0;
  }
  mode = wanted;
  requested = completed = dropped = records = 0;
  int ready = find_libraries(&libraries, in_driver, state);
  trace_process(libraries.cupti_version, libraries.driver_version, libraries.path);
  trace_clock(libraries.cupti.get_timestamp);
  if (ready && !begin_activity(state)) {
    ready = 0;
    end_activity();
    leave_cupti();
  }
  tracing = ready;
  trace_state(state, mode == HOOK_FULL);
  trace_clock(ready ? libraries.cupti.get_timestamp : NULL);
  sink_write();
  return ready;
}

void hook_probe(HookState* state) {
  Libraries found;
  find_libraries(&found, 0, state);
}

void hook_start(const char* file, int wanted, HookState* state) {
  if (sink_is_open()) {
    hook_state(state, HOOK_CUPTI_BUSY, 0, "a trace of this process is running already");
    return;
  }
  const int code = sink_open(file, 0);
  if (code != 0) {
    hook_state(state, HOOK_NO_HOOK, code, "%s: %s", file, strerror(code));
    return;
  }
  hook_begin(wanted, 0, state);
  hook_open_trace();
}

void hook_push_step(uint64_t step) {
  if (tracing && libraries.cupti.push_external) libraries.cupti.push_external(ABI_EXTERNAL_OURS, step);
}

void hook_pop_step(void) {
  uint64_t step;
  if (tracing && libraries.cupti.pop_external) libraries.cupti.pop_external(ABI_EXTERNAL_OURS, &step);
}

void hook_flush(int forced) {
  if (silent || !sink_is_open()) return;
  if (tracing) libraries.cupti.flush_all(forced ? 1 : 0);
  trace_clock(tracing ? libraries.cupti.get_timestamp : NULL);
  trace_buffers(counts_now());
  sink_write();
}

void hook_stop(void) {
  if (silent || !sink_is_open()) return;
  flusher_stop();
  hook_flush(1);
  if (tracing) {
    // What other threads launched since then is in buffers that have to come back before they are counted.
    end_activity();
    hook_flush(1);
    leave_cupti();
  }
  tracing = 0;
  trace_end(counts_now());
  sink_close();
}
