// A stand-in for libcupti.so: the functions that a tracer calls, with errors on demand. Records: stub-activity.c.
// MDBENCH_STUB_LAUNCHES=n: each push of an external id launches n kernels and a copy by itself, for programs without CUDA.

#include <dlfcn.h>

#include "stub-activity.h"

static int is_down;

#define ENTER(name)                          \
  do {                                       \
    activity_entry(name);                    \
    if (is_down) stub_misuse("CUPTI is called after it has taken itself down"); \
    const int failure = stub_failure(name);  \
    if (failure) return failure;             \
  } while (0)

static void* subscriber;
static const int* initialized;

static void take_down(void) { is_down = 1; }

__attribute__((constructor)) static void at_load(void) { atexit(take_down); }

STUB_EXPORT int cuptiGetVersion(uint32_t* version) {
  ENTER("cuptiGetVersion");
  *version = (uint32_t)stub_layout()->api;
  return 0;
}

STUB_EXPORT int cuptiGetResultString(int code, const char** text) {
  static __thread char said[40];
  snprintf(said, sizeof said, "stub CUPTI error %d", code);
  *text = said;
  return 0;
}

STUB_EXPORT int cuptiGetErrorMessage(int code, const char** text) { return cuptiGetResultString(code, text); }

STUB_EXPORT int cuptiGetTimestamp(uint64_t* time) {
  ENTER("cuptiGetTimestamp");
  *time = stub_clock(CLOCK_REALTIME);
  return 0;
}

STUB_EXPORT int cuptiSubscribe(void** handle, void (*callback)(void), void* data) {
  ENTER("cuptiSubscribe");
  (void)callback, (void)data;
  if (subscriber) return 39;
  *handle = subscriber = &subscriber;
  return 0;
}

typedef struct {
  size_t size;
  const char* name;
  char* holder;
  size_t holder_size;
  uint8_t many, padding[7];
} SubscriberParameters;

STUB_EXPORT int cuptiSubscribe_v2(void** handle, void (*callback)(void), void* data, SubscriberParameters* parameters) {
  if (!parameters || parameters->size == 0) return 1;
  const int code = stub_failure("cuptiSubscribe") ? stub_failure("cuptiSubscribe") : cuptiSubscribe(handle, callback, data);
  if (code == 39 && parameters->holder && parameters->holder_size >= 64) strcpy(parameters->holder, "Stub Systems");
  return code;
}

STUB_EXPORT int cuptiUnsubscribe(void* handle) {
  ENTER("cuptiUnsubscribe");
  if (handle != subscriber) return 1;
  subscriber = NULL;
  return 0;
}

STUB_EXPORT int cuptiSetThreadIdType(int type) {
  ENTER("cuptiSetThreadIdType");
  return type == 0 || type == 1 ? 0 : 1;
}

STUB_EXPORT int cuptiActivityRegisterCallbacks(RequestBuffer request, CompleteBuffer complete) {
  ENTER("cuptiActivityRegisterCallbacks");
  activity_callbacks(request, complete);
  void* cuda = dlopen("libcuda.so.1", RTLD_NOW);
  StubListener* listener = cuda ? (StubListener*)dlsym(cuda, "mdbench_stub_listener") : NULL;
  if (listener) __atomic_store_n(listener, activity_accept, __ATOMIC_RELEASE);
  if (cuda) initialized = dlsym(cuda, "mdbench_stub_initialized");
  return 0;
}

static int enable(const char* name, int kind, int on) {
  char one[60];
  snprintf(one, sizeof one, "%s:%d", name, kind);
  ENTER(one);
  ENTER(name);
  if (kind == 3) stub_misuse("CUPTI_ACTIVITY_KIND_KERNEL serializes all kernels");
  activity_enable(kind, on);
  return 0;
}

STUB_EXPORT int cuptiActivityEnable(int kind) { return enable("cuptiActivityEnable", kind, 1); }
STUB_EXPORT int cuptiActivityDisable(int kind) { return enable("cuptiActivityDisable", kind, 0); }

STUB_EXPORT int cuptiActivityEnableDriverApi(int cbid, uint8_t on) {
  ENTER("cuptiActivityEnableDriverApi");
  activity_filter(STUB_DRIVER, cbid, on);
  return 0;
}

STUB_EXPORT int cuptiActivityEnableRuntimeApi(int cbid, uint8_t on) {
  ENTER("cuptiActivityEnableRuntimeApi");
  activity_filter(STUB_RUNTIME, cbid, on);
  return 0;
}

STUB_EXPORT int cuptiActivitySetAttribute(int attribute, size_t* size, void* value) {
  ENTER("cuptiActivitySetAttribute");
  (void)attribute;
  return size && value ? 0 : 1;
}

STUB_EXPORT int cuptiActivityFlushPeriod(uint32_t period) {
  ENTER("cuptiActivityFlushPeriod");
  (void)period;
  return 0;
}

STUB_EXPORT int cuptiActivityFlushAll(uint32_t flags) {
  ENTER("cuptiActivityFlushAll");
  if (initialized && !__atomic_load_n(initialized, __ATOMIC_ACQUIRE)) stub_misuse("a flush while cuInit is at work");
  activity_flush(flags == 1);
  return 0;
}

STUB_EXPORT int cuptiActivityGetNextRecord(uint8_t* buffer, size_t valid, void** record) {
  const int failure = stub_failure("cuptiActivityGetNextRecord");
  return failure ? failure : record_next(buffer, valid, record);
}

STUB_EXPORT int cuptiActivityGetNumDroppedRecords(void* context, uint32_t stream, size_t* dropped) {
  (void)context, (void)stream;
  *dropped = activity_dropped();
  return 0;
}

STUB_EXPORT int cuptiActivityPushExternalCorrelationId(int kind, uint64_t id) {
  ENTER("cuptiActivityPushExternalCorrelationId");
  if (kind < 1 || kind > 6) return 1;
  activity_push(kind, id);
  const long launches = stub_setting("MDBENCH_STUB_LAUNCHES", 0);
  const uint32_t step = (uint32_t)id;
  StubCall kernel = {STUB_KERNEL, STUB_DRIVER, 307, 1, {step + 1, 1, 1}, {128, 1, 1}, 0, 7, 0, "_ZN5model6kernelEi", 0, 0, 0, 0};
  StubCall copy = {STUB_COPY, STUB_DRIVER, 276, 1, {0}, {0}, 0, 7, 0, NULL, 4096 + id, 1, 1, 3};
  for (long k = 0; k < launches; k++) activity_accept(&kernel);
  if (launches > 0) activity_accept(&copy);
  return 0;
}

STUB_EXPORT int cuptiActivityPopExternalCorrelationId(int kind, uint64_t* id) {
  ENTER("cuptiActivityPopExternalCorrelationId");
  return activity_pop(kind, id) ? 0 : 18;
}

STUB_EXPORT int cuptiFinalize(void) {
  ENTER("cuptiFinalize");
  return 0;
}
