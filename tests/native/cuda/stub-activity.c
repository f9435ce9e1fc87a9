// Calls in, activity records out, as CUPTI does it: records of a call at once, those of the device when it has finished,
// both in buffers of the client that come back from threads of the stub, in no order that could be relied on.
// MDBENCH_STUB_ …: KERNEL_NS, BUFFER (bytes used of each), DROP (each n-th record), HIJACK (callbacks:n or clock:n).

#include <unistd.h>

#include "stub-activity.h"

enum { KINDS = 64, DEPTH = 64, THREADS = 2, FULL = 4096, CBIDS = 2048 };

typedef struct {
  uint8_t* data;
  size_t size, valid, limit;
  CompleteBuffer complete;
} Buffer;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t filled = PTHREAD_COND_INITIALIZER;
static RequestBuffer request;
static CompleteBuffer complete;
static Buffer host, device, full[FULL];
static int full_count, delivering, started;
static uint8_t enabled[KINDS], traced[2][CBIDS];
static Work *head, **tail = &head;
static uint32_t correlations;
static uint64_t device_time, accepted, written, dropped;
static int64_t shift;
static __thread uint64_t pushed[8][DEPTH];
static __thread int depth[8];
static __thread int inside;

void activity_entry(const char* function) {
  if (inside) stub_misuse(function);
}

static void hand_over(Buffer buffer) {
  inside = 1;
  buffer.complete(NULL, 0, buffer.data, buffer.size, buffer.valid);
  inside = 0;
}

// Under the mutex, released around the client's code.
static void deliver_full(void) {
  while (full_count > 0) {
    const Buffer buffer = full[--full_count];
    delivering++;
    pthread_mutex_unlock(&mutex);
    hand_over(buffer);
    pthread_mutex_lock(&mutex);
    delivering--;
  }
}

static void set_aside(Buffer* buffer) {
  if (!buffer->data || buffer->valid == 0) return;
  if (full_count == FULL) stub_misuse("buffers are not taken");
  full[full_count++] = *buffer;
  *buffer = (Buffer){0};
  pthread_cond_signal(&filled);
}

static uint8_t* room(Buffer* buffer, size_t size) {
  if (buffer->data && buffer->valid + size > buffer->limit) set_aside(buffer);
  if (!buffer->data) {
    size_t most = 0;
    inside = 1;
    request(&buffer->data, &buffer->size, &most);
    inside = 0;
    if (!buffer->data && stub_layout()->api < 27) stub_misuse("a NULL buffer before CUPTI 12.9");
    if ((uintptr_t)buffer->data % 8) stub_misuse("a buffer that is not aligned to 8");
    if (buffer->data && buffer->size < 1024) stub_misuse("a buffer of less than 1 kB");
    const size_t limit = (size_t)stub_setting("MDBENCH_STUB_BUFFER", (long)buffer->size);
    buffer->limit = limit < buffer->size ? limit : buffer->size;
    buffer->complete = complete;
  }
  const long each = stub_setting("MDBENCH_STUB_DROP", 0);
  if (!buffer->data || (each > 0 && ++written % (uint64_t)each == 0)) {
    dropped++;
    return NULL;
  }
  uint8_t* at = buffer->data + buffer->valid;
  buffer->valid += size;
  memset(at, 0xA5, size);
  return at;
}

uint8_t* host_room(size_t size) { return room(&host, size); }
uint8_t* device_room(int kind, size_t size) { return enabled[kind] ? room(&device, size) : NULL; }

// Writes what is finished; `unfinished` as well, without times, as a forced flush returns it.
static void finish(int unfinished) {
  const uint64_t now = stub_clock(CLOCK_REALTIME);
  while (head && (head->end <= now || unfinished)) {
    Work* work = head;
    const int known = work->end <= now;
    const uint64_t start = known ? work->start + (uint64_t)shift : 0, end = known ? work->end + (uint64_t)shift : 0;
    if (work->call.what == STUB_KERNEL) record_kernel(work, start, end);
    else record_copy(work, start, end);
    if (!(head = work->next)) tail = &head;
    free(work);
  }
}

static void* run_device(void* nothing) {
  for (;;) {
    usleep(500);
    pthread_mutex_lock(&mutex);
    finish(0);
    pthread_mutex_unlock(&mutex);
  }
  return nothing;
}

static void* run_delivery(void* nothing) {
  pthread_mutex_lock(&mutex);
  for (;;) {
    while (full_count == 0) pthread_cond_wait(&filled, &mutex);
    deliver_full();
  }
  return nothing;
}

static void enqueue(const StubCall* call, uint32_t correlation, uint64_t now) {
  for (int node = 0; node < call->kernels; node++) {
    Work* work = malloc(sizeof *work);
    const uint64_t start = (device_time > now ? device_time : now) + 1500;
    device_time = start + (uint64_t)stub_setting("MDBENCH_STUB_KERNEL_NS", 4000);
    *work = (Work){*call, correlation, (uint32_t)node + 1, start, device_time, NULL};
    *tail = work;
    tail = &work->next;
  }
}

static void steal_buffer(uint8_t** buffer, size_t* size, size_t* most) {
  *buffer = malloc(*size = 1 << 16);
  *most = 0;
}

static void drop_buffer(void* context, uint32_t stream, uint8_t* buffer, size_t size, size_t valid) {
  (void)context, (void)stream, (void)buffer, (void)size, (void)valid;
}

static void hijack(void) {
  const char* how = getenv("MDBENCH_STUB_HIJACK");
  const char* after = how ? strchr(how, ':') : NULL;
  if (!after || ++accepted != strtoull(after + 1, NULL, 10)) return;
  if (!strncmp(how, "clock", 5)) {
    shift = (int64_t)(stub_clock(CLOCK_MONOTONIC) - stub_clock(CLOCK_REALTIME));
    return;
  }
  request = steal_buffer;
  host.complete = device.complete = complete = drop_buffer;
}

void activity_accept(const StubCall* call) {
  pthread_mutex_lock(&mutex);
  hijack();
  const uint64_t now = stub_clock(CLOCK_REALTIME);
  const uint32_t correlation = ++correlations;
  if (traced[call->domain - STUB_DRIVER][call->cbid]) {
    for (int kind = 0; kind < 8; kind++)
      if (enabled[39] && depth[kind] > 0) record_external(kind, pushed[kind][depth[kind] - 1], correlation);
    record_api(call, correlation, now + (uint64_t)shift);
  }
  if (call->what != STUB_SYNCHRONIZE) enqueue(call, correlation, now);
  while (call->what == STUB_SYNCHRONIZE && head) {
    pthread_mutex_unlock(&mutex);
    usleep(200);
    pthread_mutex_lock(&mutex);
  }
  pthread_mutex_unlock(&mutex);
}

void activity_flush(int forced) {
  pthread_mutex_lock(&mutex);
  finish(forced);
  set_aside(&host);
  set_aside(&device);
  deliver_full();
  while (delivering > 0) {
    pthread_mutex_unlock(&mutex);
    usleep(100);
    pthread_mutex_lock(&mutex);
  }
  pthread_mutex_unlock(&mutex);
}

void activity_callbacks(RequestBuffer requesting, CompleteBuffer completing) {
  pthread_mutex_lock(&mutex);
  request = requesting;
  complete = completing;
  pthread_t thread;
  if (!started++) {
    pthread_create(&thread, NULL, run_device, NULL);
    for (int k = 0; k < THREADS; k++) pthread_create(&thread, NULL, run_delivery, NULL);
  }
  pthread_mutex_unlock(&mutex);
}

void activity_enable(int kind, int on) {
  pthread_mutex_lock(&mutex);
  enabled[kind] = (uint8_t)on;
  if (kind == STUB_DRIVER || kind == STUB_RUNTIME) memset(traced[kind - STUB_DRIVER], on, CBIDS);
  pthread_mutex_unlock(&mutex);
}

void activity_filter(int domain, int cbid, int on) {
  pthread_mutex_lock(&mutex);
  traced[domain - STUB_DRIVER][cbid] = (uint8_t)on;
  pthread_mutex_unlock(&mutex);
}

void activity_push(int kind, uint64_t id) {
  if (depth[kind] == DEPTH) stub_misuse("external ids are pushed and never popped");
  pushed[kind][depth[kind]++] = id;
}

int activity_pop(int kind, uint64_t* id) {
  if (depth[kind] == 0) return 0;
  const uint64_t last = pushed[kind][--depth[kind]];
  if (id) *id = last;
  return 1;
}

size_t activity_dropped(void) {
  pthread_mutex_lock(&mutex);
  const size_t since = dropped;
  dropped = 0;
  pthread_mutex_unlock(&mutex);
  return since;
}
