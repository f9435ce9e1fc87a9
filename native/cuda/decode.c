// Times and names come out of another library's memory: nothing of it is trusted further than it is plausible.

#include "decode.h"

#include <string.h>

#include "launch-calls.h"
#include "sink.h"

enum { CHUNK = 1 << 14, LARGEST = 128, CACHED = 64 };
_Static_assert(sizeof(TraceKernel) <= LARGEST && sizeof(TraceCopy) <= LARGEST, "a record fits");

// Records on their way to the sink, of one buffer, and the numbers of names that were met in it.
typedef struct {
  char bytes[CHUNK];
  size_t used;
  const char* names[CACHED];
  uint32_t numbers[CACHED];
} Chunk;

static uint32_t u32(const uint8_t* record, size_t at) {
  uint32_t value;
  memcpy(&value, record + at, sizeof value);
  return value;
}

static uint64_t u64(const uint8_t* record, size_t at) {
  uint64_t value;
  memcpy(&value, record + at, sizeof value);
  return value;
}

static void put(Chunk* chunk, void* record, uint16_t kind, uint32_t bytes) {
  TraceRecord* head = record;
  head->kind = kind;
  head->bytes = bytes;
  if (chunk->used + LARGEST > CHUNK) {
    sink_append(chunk->bytes, chunk->used);
    chunk->used = 0;
  }
  memcpy(chunk->bytes + chunk->used, record, bytes);
  chunk->used += bytes;
}

// A grid and block that a device can run, and an end that is not before its begin.
static int is_plausible_kernel(const TraceKernel* kernel) {
  if (kernel->end == 0 || kernel->start > kernel->end) return 0;
  for (int k = 0; k < 3; k++)
    if (kernel->grid[k] < 1 || kernel->block[k] < 1 || kernel->block[k] > 1024) return 0;
  return kernel->registers <= 1024 && kernel->static_shared >= 0 && kernel->dynamic_shared >= 0;
}

static int is_printable(const char* name) {
  for (int k = 0; k < 16 && name[k] != '\0'; k++)
    if ((unsigned char)name[k] < 32 || (unsigned char)name[k] > 126) return 0;
  return name[0] != '\0';
}

// The same text lies at the same address only while CUPTI hands one buffer over.
static uint32_t number_of(Chunk* chunk, const char* name) {
  const size_t slot = ((uintptr_t)name >> 3) % CACHED;
  if (chunk->names[slot] != name) {
    chunk->numbers[slot] = is_printable(name) ? sink_name(name) : 0;
    chunk->names[slot] = name;
  }
  return chunk->numbers[slot];
}

enum { REFUSED, PUT, SKIPPED };

static int put_kernel(Chunk* chunk, const uint8_t* record, uint32_t version) {
  TraceKernel kernel = {.start = u64(record, ABI_KERNEL_START), .end = u64(record, ABI_KERNEL_END)};
  kernel.device = u32(record, ABI_KERNEL_DEVICE);
  kernel.context = u32(record, ABI_KERNEL_CONTEXT);
  kernel.stream = u32(record, ABI_KERNEL_STREAM);
  kernel.correlation = u32(record, ABI_KERNEL_CORRELATION);
  memcpy(kernel.grid, record + ABI_KERNEL_GRID, sizeof kernel.grid);
  memcpy(kernel.block, record + ABI_KERNEL_BLOCK, sizeof kernel.block);
  uint16_t registers;
  memcpy(&registers, record + ABI_KERNEL_REGISTERS, sizeof registers);
  kernel.registers = registers;
  kernel.static_shared = (int32_t)u32(record, ABI_KERNEL_STATIC_SHARED);
  kernel.dynamic_shared = (int32_t)u32(record, ABI_KERNEL_DYNAMIC_SHARED);
  if (version >= ABI_VERSION_GRAPH_NODE) kernel.graph_node = u64(record, ABI_KERNEL_GRAPH_NODE);
  if (version >= ABI_VERSION_GRAPH) kernel.graph = u32(record, ABI_KERNEL_GRAPH);
  if (!is_plausible_kernel(&kernel)) return REFUSED;
  const char* name;
  memcpy(&name, record + ABI_KERNEL_NAME, sizeof name);
  if (name != NULL) kernel.name = number_of(chunk, name);
  put(chunk, &kernel, TRACE_KERNEL, sizeof kernel);
  return PUT;
}

static int put_copy(Chunk* chunk, const uint8_t* record, size_t correlation) {
  TraceCopy copy = {.start = u64(record, ABI_MEMCPY_START), .end = u64(record, ABI_MEMCPY_END)};
  copy.bytes = u64(record, ABI_MEMCPY_BYTES);
  copy.device = u32(record, ABI_MEMCPY_DEVICE);
  copy.context = u32(record, ABI_MEMCPY_CONTEXT);
  copy.stream = u32(record, ABI_MEMCPY_STREAM);
  copy.correlation = u32(record, correlation);
  copy.copy_kind = record[ABI_MEMCPY_COPY_KIND];
  copy.source_kind = record[ABI_MEMCPY_SOURCE_KIND];
  copy.target_kind = record[ABI_MEMCPY_TARGET_KIND];
  if (copy.end == 0 || copy.start > copy.end || copy.copy_kind > 64) return REFUSED;
  put(chunk, &copy, TRACE_MEMCPY, sizeof copy);
  return PUT;
}

static int put_set(Chunk* chunk, const uint8_t* record) {
  TraceCopy set = {.start = u64(record, ABI_MEMSET_START), .end = u64(record, ABI_MEMSET_END)};
  set.bytes = u64(record, ABI_MEMSET_BYTES);
  set.device = u32(record, ABI_MEMSET_DEVICE);
  set.context = u32(record, ABI_MEMSET_CONTEXT);
  set.stream = u32(record, ABI_MEMSET_STREAM);
  set.correlation = u32(record, ABI_MEMSET_CORRELATION);
  if (set.end == 0 || set.start > set.end) return REFUSED;
  put(chunk, &set, TRACE_MEMSET, sizeof set);
  return PUT;
}

static int put_call(Chunk* chunk, const uint8_t* record, uint32_t domain, int full) {
  TraceApi call = {.start = u64(record, ABI_API_START), .end = u64(record, ABI_API_END)};
  call.domain = domain;
  call.function = u32(record, ABI_API_FUNCTION);
  call.thread = u32(record, ABI_API_THREAD);
  call.correlation = u32(record, ABI_API_CORRELATION);
  const int launches = domain == ABI_RUNTIME ? is_within(runtime_launches, RUNTIME_LAUNCHES, call.function)
                                             : is_within(driver_launches, DRIVER_LAUNCHES, call.function);
  if (call.start > call.end) return REFUSED;
  if (!full && !launches) return SKIPPED;
  put(chunk, &call, TRACE_API, sizeof call);
  return PUT;
}

static int put_external(Chunk* chunk, const uint8_t* record) {
  TraceExternal external = {.external = u64(record, ABI_EXTERNAL_ID)};
  external.external_kind = u32(record, ABI_EXTERNAL_KIND);
  external.correlation = u32(record, ABI_EXTERNAL_CORRELATION_ID);
  if (external.external_kind != ABI_EXTERNAL_OURS) return SKIPPED;
  put(chunk, &external, TRACE_EXTERNAL, sizeof external);
  return PUT;
}

static int put_record(Chunk* chunk, const uint8_t* record, uint32_t kind, uint32_t version, int full) {
  switch (kind) {
    case ABI_CONCURRENT_KERNEL:
      return put_kernel(chunk, record, version);
    case ABI_MEMCPY:
      return put_copy(chunk, record, ABI_MEMCPY_CORRELATION);
    case ABI_MEMCPY2:
      return put_copy(chunk, record, ABI_MEMCPY2_CORRELATION);
    case ABI_MEMSET:
      return put_set(chunk, record);
    case ABI_RUNTIME:
    case ABI_DRIVER:
      return put_call(chunk, record, kind, full);
    case ABI_EXTERNAL_CORRELATION:
      return put_external(chunk, record);
    default:
      return SKIPPED;
  }
}

// Bytes that are read of a record.
static size_t extent_of(uint32_t kind, uint32_t version) {
  switch (kind) {
    case ABI_CONCURRENT_KERNEL:
      return version >= ABI_VERSION_GRAPH ? ABI_KERNEL_GRAPH + 4 : ABI_KERNEL_GRAPH_NODE + 8;
    case ABI_MEMCPY2:
      return ABI_MEMCPY2_CORRELATION + 4;
    case ABI_MEMCPY:
    case ABI_MEMSET:
      return ABI_MEMCPY_CORRELATION + 4;
    case ABI_RUNTIME:
    case ABI_DRIVER:
      return ABI_API_CORRELATION + 4;
    case ABI_EXTERNAL_CORRELATION:
      return ABI_EXTERNAL_CORRELATION_ID + 4;
    default:
      return 4;
  }
}

void decode_buffer(const Cupti* cupti, uint32_t version, int full, uint8_t* buffer, size_t valid, DecodeCounts* counts) {
  Chunk chunk;
  void* record = NULL;
  chunk.used = 0;
  memset(chunk.names, 0, sizeof chunk.names);
  for (size_t most = valid / 8; most > 0 && cupti->next_record(buffer, valid, &record) == 0; most--) {
    const uint8_t* at = record;
    if (at < buffer || at + 4 > buffer + valid || at + extent_of(u32(at, 0), version) > buffer + valid) {
      counts->refused++;
      break;
    }
    const int outcome = put_record(&chunk, at, u32(at, 0), version, full);
    counts->records += outcome == PUT;
    counts->refused += outcome == REFUSED;
  }
  if (chunk.used > 0) sink_append(chunk.bytes, chunk.used);
}
