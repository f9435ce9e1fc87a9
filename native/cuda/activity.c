#include "activity.h"

#include <errno.h>
#include <stdatomic.h>
#include <string.h>

#include "buffers.h"
#include "decode.h"
#include "launch-calls.h"
#include "library-search.h"
#include "sink.h"

static Libraries libraries;
static void* subscriber;
static int mode;
static uint64_t enabled;
static atomic_int running, is_driver_up;
static atomic_uint_fast64_t requested, completed, dropped, records;

static void on_callback(void* data, int domain, uint32_t function, const void* about) {
  (void)data, (void)domain, (void)function, (void)about;
}

static void on_requested(uint8_t** buffer, size_t* size, size_t* most) {
  const int before = errno;
  *buffer = take_buffer(size);
  *most = 0;
  atomic_fetch_add(&requested, 1);
  errno = before;
}

static void on_completed(void* context, uint32_t stream, uint8_t* buffer, size_t size, size_t valid) {
  const int before = errno;
  if (buffer != NULL && sink_is_open()) {
    size_t lost = 0;
    DecodeCounts counts = {0, 0};
    decode_buffer(&libraries.cupti, libraries.cupti_version, mode == HOOK_FULL, buffer, valid, &counts);
    if (libraries.cupti.dropped_records && libraries.cupti.dropped_records(context, stream, &lost) == 0)
      atomic_fetch_add(&dropped, lost);
    atomic_fetch_add(&records, counts.records);
    atomic_fetch_add(&dropped, counts.refused);
  }
  give_buffer(buffer, size);
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

static int enable(int kind) {
  const int code = libraries.cupti.enable(kind);
  if (code == 0) enabled |= 1ull << kind;
  return code;
}

// How many of the calls CUPTI knows; those of later versions it declines.
static int switch_calls(int (*enable_call)(uint32_t, uint8_t), const CallRange* ranges, int count, uint8_t on) {
  int known = 0;
  for (int k = 0; k < count; k++)
    for (uint32_t function = ranges[k].first; function <= ranges[k].last; function++)
      known += enable_call(function, on) == 0;
  return known;
}

static int switch_launches(uint8_t on) {
  const Cupti* cupti = &libraries.cupti;
  if (mode == HOOK_FULL || cupti->enable_runtime_api == NULL || cupti->enable_driver_api == NULL) return 0;
  const int runtime = switch_calls(cupti->enable_runtime_api, runtime_launches, RUNTIME_LAUNCHES, on);
  const int driver = switch_calls(cupti->enable_driver_api, driver_launches, DRIVER_LAUNCHES, on);
  return runtime > 0 && driver > 0;
}

// CUPTI tells an external identifier only ahead of an API record: at least the calls that launch and copy are needed.
static int enable_calls(void) {
  if (switch_launches(1)) return 0;
  const int code = enable(ABI_RUNTIME);
  return code != 0 ? code : enable(ABI_DRIVER);
}

static int enter_cupti(HookState* state) {
  static const int kinds[] = {ABI_CONCURRENT_KERNEL, ABI_MEMCPY, ABI_MEMSET, ABI_EXTERNAL_CORRELATION};
  const Cupti* cupti = &libraries.cupti;
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
    code = enable(kinds[k]);
    if (code != 0) return fail(state, HOOK_CUPTI_ENABLE, code, "cuptiActivityEnable");
  }
  code = enable_calls();
  if (code != 0) return fail(state, HOOK_CUPTI_ENABLE, code, "cuptiActivityEnable of API calls");
  enable(ABI_MEMCPY2);
  return 1;
}

// Nothing new begins; what has begun is still delivered. Kinds that another tool enabled stay as they are.
static void disable_all(void) {
  for (int kind = 0; kind < 64; kind++)
    if (enabled >> kind & 1) libraries.cupti.disable(kind);
  if (enabled != 0) switch_launches(0);
  enabled = 0;
}

static void leave_cupti(void) {
  if (subscriber != NULL) libraries.cupti.unsubscribe(subscriber);
  subscriber = NULL;
}

int begin_activity(int wanted, int in_driver, HookState* state) {
  Libraries found;
  const int is_found = find_libraries(&found, in_driver, state);
  libraries = found;
  mode = wanted;
  requested = completed = dropped = records = 0;
  trace_process(found.cupti_version, found.driver_version, found.path);
  trace_clock(found.cupti.get_timestamp);
  if (!is_found) return 0;
  is_driver_up = !in_driver;
  running = enter_cupti(state);
  if (!running) {
    disable_all();
    leave_cupti();
  }
  trace_clock(running ? found.cupti.get_timestamp : NULL);
  return running;
}

// Within cuInit, which another thread may be in for seconds, a flush could wait for a lock of the driver with one of CUPTI's.
static int can_flush(void) {
  int devices;
  if (!running) return 0;
  if (!is_driver_up) is_driver_up = libraries.device_count == NULL || libraries.device_count(&devices) == 0;
  return is_driver_up;
}

void flush_activity(int forced) {
  if (can_flush()) libraries.cupti.flush_all(forced ? 1 : 0);
  trace_clock(running ? libraries.cupti.get_timestamp : NULL);
  trace_buffers(activity_counts());
}

// What other threads launch meanwhile is in buffers that have to come back before they are counted.
void end_activity(void) {
  flush_activity(1);
  if (!running) return;
  disable_all();
  flush_activity(1);
  leave_cupti();
  running = 0;
}

HookCounts activity_counts(void) { return (HookCounts){requested, completed, dropped, sink_lost(), records}; }

void push_step(uint64_t step) {
  if (running && libraries.cupti.push_external) libraries.cupti.push_external(ABI_EXTERNAL_OURS, step);
}

void pop_step(void) {
  uint64_t step;
  if (running && libraries.cupti.pop_external) libraries.cupti.pop_external(ABI_EXTERNAL_OURS, &step);
}

void forget_activity(void) { running = 0; }
