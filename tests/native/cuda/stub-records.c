// CUPTI's activity records, field by field at the offsets of layouts.h; what no field covers is left full of 0xA5.

#include <sys/syscall.h>
#include <unistd.h>

#include "stub-activity.h"

static const Layout layouts[] = {
#include <layouts.h>
};

const Layout* stub_layout(void) {
  static const Layout* found;
  if (found) return found;
  const char* wanted = getenv("MDBENCH_STUB_CUPTI");
  for (size_t k = 0; k < sizeof layouts / sizeof *layouts; k++)
    if (!strcmp(layouts[k].name, wanted ? wanted : "12.4")) return found = &layouts[k];
  stub_misuse("no layout of this MDBENCH_STUB_CUPTI");
  return NULL;
}

// Walks the buffer as cuptiActivityGetNextRecord: 12 at its end.
int record_next(uint8_t* buffer, size_t valid, void** record) {
  const Layout* layout = stub_layout();
  uint8_t* at = *record;
  if (at) {
    uint32_t kind;
    memcpy(&kind, at, sizeof kind);
    const int columns[] = {[1] = copy_size, [2] = set_size, [4] = api_size, [5] = api_size, [10] = kernel_size, [22] = peer_size, [39] = external_size};
    at += layout->at[columns[kind]];
  } else {
    at = buffer;
  }
  if (at >= buffer + valid) return 12;
  *record = at;
  return 0;
}

#define PUT(field, type, value)                                      \
  do {                                                               \
    const type put = (type)(value);                                  \
    memcpy(at + layout->at[field], &put, sizeof put);                \
  } while (0)

void record_external(int kind, uint64_t id, uint32_t correlation) {
  const Layout* layout = stub_layout();
  uint8_t* at = host_room((size_t)layout->at[external_size]);
  if (!at) return;
  PUT(external_kind, uint32_t, 39);
  PUT(external_externalKind, uint32_t, kind);
  PUT(external_externalId, uint64_t, id);
  PUT(external_correlationId, uint32_t, correlation);
}

void record_api(const StubCall* call, uint32_t correlation, uint64_t start) {
  const Layout* layout = stub_layout();
  uint8_t* at = host_room((size_t)layout->at[api_size]);
  if (!at) return;
  PUT(api_kind, uint32_t, call->domain);
  PUT(api_cbid, uint32_t, call->cbid);
  PUT(api_start, uint64_t, start);
  PUT(api_end, uint64_t, start + 900);
  PUT(api_processId, uint32_t, getpid());
  PUT(api_threadId, uint32_t, syscall(SYS_gettid));
  PUT(api_correlationId, uint32_t, correlation);
}

void record_kernel(const Work* work, uint64_t start, uint64_t end) {
  const Layout* layout = stub_layout();
  uint8_t* at = device_room(10, (size_t)layout->at[kernel_size]);
  if (!at) return;
  const StubCall* call = &work->call;
  PUT(kernel_kind, uint32_t, 10);
  PUT(kernel_registersPerThread, uint16_t, 40);
  PUT(kernel_start, uint64_t, start);
  PUT(kernel_end, uint64_t, end);
  PUT(kernel_completed, uint64_t, end);
  PUT(kernel_deviceId, uint32_t, 0);
  PUT(kernel_contextId, uint32_t, 1);
  PUT(kernel_streamId, uint32_t, call->stream);
  for (int k = 0; k < 3; k++) PUT(kernel_gridX + k, int32_t, call->grid[k]);
  for (int k = 0; k < 3; k++) PUT(kernel_blockX + k, int32_t, call->block[k]);
  PUT(kernel_staticSharedMemory, int32_t, 48);
  PUT(kernel_dynamicSharedMemory, int32_t, call->shared);
  PUT(kernel_correlationId, uint32_t, work->correlation);
  PUT(kernel_name, const char*, call->name);
  PUT(kernel_graphNodeId, uint64_t, call->graph ? ((uint64_t)call->graph << 32) + work->node : 0);
  if (layout->api >= 15) PUT(kernel_graphId, uint32_t, call->graph);
}

// The fields of copies within a device and between two, and of memsets, lie in the same order in layout-fields.h.
void record_copy(const Work* work, uint64_t start, uint64_t end) {
  const Layout* layout = stub_layout();
  const StubCall* call = &work->call;
  const int set = call->what == STUB_SET, peer = call->what == STUB_PEER;
  const int kind = set ? 2 : peer ? 22 : 1;
  uint8_t* at = device_room(kind, (size_t)layout->at[set ? set_size : peer ? peer_size : copy_size]);
  if (!at) return;
  const int first = set ? set_kind : peer ? peer_kind : copy_kind;
  const int bytes = first + (set ? set_bytes - set_kind : copy_bytes - copy_kind);
  PUT(first, uint32_t, kind);
  if (set) {
    PUT(set_value, uint32_t, 0);
    PUT(set_memoryKind, uint16_t, call->source);
  } else {
    PUT(first + 1, uint8_t, call->copy_kind);
    PUT(first + 2, uint8_t, call->source);
    PUT(first + 3, uint8_t, call->target);
  }
  PUT(bytes, uint64_t, call->bytes);
  PUT(bytes + 1, uint64_t, start);
  PUT(bytes + 2, uint64_t, end);
  PUT(bytes + 3, uint32_t, 0);
  PUT(bytes + 4, uint32_t, 1);
  PUT(bytes + 5, uint32_t, call->stream);
  PUT(bytes + 6, uint32_t, work->correlation);
}
