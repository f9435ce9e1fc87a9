// The tool's side of NVTX v3: ranges and marks of the program, written down with the time of day and their thread.
// After nvtx3/nvtxDetail/nvtxTypes.h: callbacks are put into tables that the program's copy of NVTX hands out.

#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <wchar.h>

#include "hook-trace.h"
#include "injection.h"
#include "sink.h"

enum { ACTION_PUSH = 1, ACTION_POP = 2, ACTION_START = 3, ACTION_END = 4, ACTION_MARK = 5 };
enum { MESSAGE_ASCII = 1, MESSAGE_UNICODE = 2, MESSAGE_REGISTERED = 3 };
enum { TABLE_CALLBACKS = 1, MODULE_CORE = 1, MODULE_CORE2 = 5, LONGEST_TEXT = 1024 };

// nvtxEventAttributes_v2_t as far as it is read.
typedef struct {
  uint16_t version, size;
  uint32_t category;
  int32_t color_type;
  uint32_t color;
  int32_t payload_type, reserved;
  uint64_t payload;
  int32_t message_type;
  const void* message;
} Event;

static _Thread_local int depth;
static _Thread_local uint32_t thread;
static atomic_uint_fast64_t ranges;

static void put(uint32_t action, uint32_t name, uint64_t range) {
  const int before = errno;
  if (thread == 0) thread = (uint32_t)syscall(SYS_gettid);
  TraceRange record = {{TRACE_RANGE, 0, sizeof record}, trace_now(), range, action, thread, name, 0};
  sink_append(&record, sizeof record);
  errno = before;
}

// UTF-8 of the characters; surrogates do not occur in a wchar_t of 32 bits.
static uint32_t wide_name(const wchar_t* wide) {
  char text[LONGEST_TEXT + 8];
  size_t used = 0;
  for (; wide != NULL && *wide != L'\0' && used < LONGEST_TEXT; wide++) {
    const uint32_t code = (uint32_t)*wide;
    if (code < 0x80) text[used++] = (char)code;
    else if (code < 0x800) {
      text[used++] = (char)(0xc0 | code >> 6);
      text[used++] = (char)(0x80 | (code & 63));
    } else if (code < 0x10000) {
      text[used++] = (char)(0xe0 | code >> 12);
      text[used++] = (char)(0x80 | (code >> 6 & 63));
      text[used++] = (char)(0x80 | (code & 63));
    } else {
      text[used++] = (char)(0xf0 | (code >> 18 & 7));
      text[used++] = (char)(0x80 | (code >> 12 & 63));
      text[used++] = (char)(0x80 | (code >> 6 & 63));
      text[used++] = (char)(0x80 | (code & 63));
    }
  }
  text[used] = '\0';
  return sink_name(text);
}

static uint32_t event_name(const Event* event) {
  if (event == NULL || event->message == NULL) return 0;
  if (event->message_type == MESSAGE_ASCII) return sink_name(event->message);
  if (event->message_type == MESSAGE_UNICODE) return wide_name(event->message);
  return event->message_type == MESSAGE_REGISTERED ? (uint32_t)(uintptr_t)event->message : 0;
}

static int push(uint32_t name) {
  put(ACTION_PUSH, name, 0);
  return depth++;
}

static int pop(void) {
  put(ACTION_POP, 0, 0);
  return depth > 0 ? --depth : -1;
}

static uint64_t start(uint32_t name) {
  const uint64_t range = atomic_fetch_add(&ranges, 1) + 1;
  put(ACTION_START, name, range);
  return range;
}

// The handle of a registered text is its number: the program only hands it back.
static void* registered(uint32_t name) { return (void*)(uintptr_t)name; }

static void mark_ex(const Event* event) { put(ACTION_MARK, event_name(event), 0); }
static void mark_a(const char* text) { put(ACTION_MARK, sink_name(text), 0); }
static void mark_w(const wchar_t* text) { put(ACTION_MARK, wide_name(text), 0); }
static uint64_t start_ex(const Event* event) { return start(event_name(event)); }
static uint64_t start_a(const char* text) { return start(sink_name(text)); }
static uint64_t start_w(const wchar_t* text) { return start(wide_name(text)); }
static void end(uint64_t range) { put(ACTION_END, 0, range); }
static int push_ex(const Event* event) { return push(event_name(event)); }
static int push_a(const char* text) { return push(sink_name(text)); }
static int push_w(const wchar_t* text) { return push(wide_name(text)); }
static void domain_mark_ex(void* domain, const Event* event) { (void)domain, mark_ex(event); }
static uint64_t domain_start_ex(void* domain, const Event* event) { return (void)domain, start_ex(event); }
static void domain_end(void* domain, uint64_t range) { (void)domain, end(range); }
static int domain_push_ex(void* domain, const Event* event) { return (void)domain, push_ex(event); }
static int domain_pop(void* domain) { return (void)domain, pop(); }
static void* register_a(void* domain, const char* text) { return (void)domain, registered(sink_name(text)); }
static void* register_w(void* domain, const wchar_t* text) { return (void)domain, registered(wide_name(text)); }
static void* create_a(const char* name) { return registered(sink_name(name)); }
static void* create_w(const wchar_t* name) { return registered(wide_name(name)); }

typedef void (*AnyFunction)(void);
typedef struct {
  unsigned index;
  AnyFunction function;
} Entry;

// NvtxCallbackIdCore and NvtxCallbackIdCore2
#define ENTRY(index, function) {index, (AnyFunction)(function)}
static const Entry core[] = {ENTRY(1, mark_ex),   ENTRY(2, mark_a), ENTRY(3, mark_w),  ENTRY(4, start_ex),
                             ENTRY(5, start_a),   ENTRY(6, start_w), ENTRY(7, end),    ENTRY(8, push_ex),
                             ENTRY(9, push_a),    ENTRY(10, push_w), ENTRY(11, pop)};
static const Entry core2[] = {ENTRY(1, domain_mark_ex), ENTRY(2, domain_start_ex), ENTRY(3, domain_end),
                              ENTRY(4, domain_push_ex), ENTRY(5, domain_pop),      ENTRY(10, register_a),
                              ENTRY(11, register_w),    ENTRY(12, create_a),       ENTRY(13, create_w)};

typedef struct {
  size_t size;
  int (*get_functions)(int module, AnyFunction*** table, unsigned* count);
} ExportTable;

static void fill(const ExportTable* exported, int module, const Entry* entries, size_t count) {
  AnyFunction** table = NULL;
  unsigned size = 0;
  if (exported->get_functions(module, &table, &size) != 1 || table == NULL) return;
  for (size_t k = 0; k < count; k++)
    if (entries[k].index < size && table[entries[k].index] != NULL) *table[entries[k].index] = entries[k].function;
}

__attribute__((visibility("default"))) int InitializeInjectionNvtx2(const void* (*get_export_table)(uint32_t)) {
  const ExportTable* exported = get_export_table == NULL ? NULL : get_export_table(TABLE_CALLBACKS);
  if (exported == NULL || exported->size < sizeof *exported || !open_injected_trace()) return 0;
  fill(exported, MODULE_CORE, core, sizeof core / sizeof *core);
  fill(exported, MODULE_CORE2, core2, sizeof core2 / sizeof *core2);
  return 1;
}
