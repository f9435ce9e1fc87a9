// The bytes of a hook trace: little-endian, append-only, records of multiples of 8 bytes. What src/profile/cuda/ reads.
// A file is a TraceHead and then records; one without END was cut short. Device and API times are CUPTI's, in ns.
#pragma once

#include <stdint.h>

enum { TRACE_VERSION = 1 };
static const char trace_magic[8] = {'M', 'D', 'B', 'T', 'R', 'A', 'C', 'E'};

typedef struct {
  char magic[8];
  uint32_t version;
  uint32_t pid;
} TraceHead;

enum TraceKind {
  TRACE_PROCESS = 1,
  TRACE_STATE = 2,
  TRACE_CLOCK = 3,
  TRACE_NAME = 4,
  TRACE_KERNEL = 5,
  TRACE_MEMCPY = 6,
  TRACE_MEMSET = 7,
  TRACE_API = 8,
  TRACE_EXTERNAL = 9,
  TRACE_RANGE = 10,
  TRACE_BUFFERS = 11,
  TRACE_END = 12
};

// Every record begins with it; `bytes` is the whole record, this included. A reader skips kinds that it does not know.
typedef struct {
  uint16_t kind;
  uint16_t flags;
  uint32_t bytes;
} TraceRecord;

// The program: CUPTI and driver version (0: unknown), then `length` bytes of text: the command, '\n', the libcupti used.
typedef struct {
  TraceRecord head;
  uint32_t cupti_version;
  uint32_t driver_version;
  uint32_t parent_pid;
  uint32_t length;
} TraceProcess;

// How far the hook came: `stage` by its number in hook-stage.h, CUPTI's or CUDA's code, then `length` bytes of text.
// flags: 0 kernels, 1 full (of stage `ready`).
typedef struct {
  TraceRecord head;
  uint32_t stage;
  int32_t code;
  uint32_t length;
  uint32_t reserved;
} TraceState;

// The same moment on three clocks, ns: CLOCK_MONOTONIC, CLOCK_REALTIME, cuptiGetTimestamp (0: none).
typedef struct {
  TraceRecord head;
  uint64_t monotonic;
  uint64_t realtime;
  uint64_t cupti;
} TraceClock;

// A text that later records name by `id`, once a process: mangled kernel names, names of ranges. Then `length` bytes.
typedef struct {
  TraceRecord head;
  uint32_t id;
  uint32_t length;
} TraceName;

typedef struct {
  TraceRecord head;
  uint64_t start, end;
  uint32_t device, context, stream, correlation;
  int32_t grid[3], block[3];
  uint32_t registers;
  int32_t static_shared, dynamic_shared;
  uint32_t name;
  uint64_t graph_node;
  uint32_t graph;
  uint32_t reserved;
} TraceKernel;

// kind of a copy as CUPTI numbers it (CUpti_ActivityMemcpyKind: 1 HtoD, 2 DtoH, 8 DtoD, 10 PtoP …). A memset has kind 0.
typedef struct {
  TraceRecord head;
  uint64_t start, end, bytes;
  uint32_t device, context, stream, correlation;
  uint32_t copy_kind, source_kind, target_kind;
  uint32_t reserved;
} TraceCopy;

// domain: 4 driver, 5 runtime (CUpti_ActivityKind).
typedef struct {
  TraceRecord head;
  uint64_t start, end;
  uint32_t domain, function, thread, correlation;
} TraceApi;

typedef struct {
  TraceRecord head;
  uint64_t external;
  uint32_t external_kind, correlation;
} TraceExternal;

// NVTX, or a mark of ours. action: 1 push, 2 pop, 3 start, 4 end, 5 mark. time: CLOCK_REALTIME ns. `range` joins 3 and 4.
typedef struct {
  TraceRecord head;
  uint64_t time, range;
  uint32_t action, thread, name, reserved;
} TraceRange;

// Counts so far: buffers handed to CUPTI and got back, records that CUPTI dropped, bytes that could not be written.
typedef struct {
  TraceRecord head;
  uint64_t requested, completed, dropped, lost;
} TraceBuffers;

// The last record: the same counts, and activity records written.
typedef struct {
  TraceRecord head;
  uint64_t requested, completed, dropped, lost, records;
} TraceEnd;
