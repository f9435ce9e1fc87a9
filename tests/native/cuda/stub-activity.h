// The stub libcupti inside: functions in stub-cupti.c, device and buffers in stub-activity.c, bytes in stub-records.c.
#pragma once

#include "stub.h"
#include "layout-fields.h"

#define MEMBER(record, field) record##_##field,
#define MEMBER_SIZE(record) record##_size,
enum { LAYOUT_FIELDS(MEMBER) LAYOUT_RECORDS(MEMBER_SIZE) LAYOUT_COLUMNS };

typedef struct {
  const char* name;
  int api;
  int at[LAYOUT_COLUMNS];
} Layout;

// The row of MDBENCH_STUB_CUPTI (12.4 otherwise).
const Layout* stub_layout(void);

typedef void (*RequestBuffer)(uint8_t** buffer, size_t* size, size_t* most);
typedef void (*CompleteBuffer)(void* context, uint32_t stream, uint8_t* buffer, size_t size, size_t valid);

void activity_callbacks(RequestBuffer request, CompleteBuffer complete);
void activity_enable(int kind, int on);
void activity_filter(int domain, int cbid, int on);
void activity_push(int kind, uint64_t id);
int activity_pop(int kind, uint64_t* id);
void activity_accept(const StubCall* call);
void activity_flush(int forced);
size_t activity_dropped(void);

// A kernel, copy or memset of the device; `node` counts the kernels of a graph.
typedef struct Work {
  StubCall call;
  uint32_t correlation, node;
  uint64_t start, end;
  struct Work* next;
} Work;

// Place for a record in the current buffer; NULL: dropped, or its kind is not enabled.
uint8_t* host_room(size_t size);
uint8_t* device_room(int kind, size_t size);

void record_external(int kind, uint64_t id, uint32_t correlation);
void record_api(const StubCall* call, uint32_t correlation, uint64_t start);
void record_kernel(const Work* work, uint64_t start, uint64_t end);
void record_copy(const Work* work, uint64_t start, uint64_t end);
int record_next(uint8_t* buffer, size_t valid, void** record);

// Nothing of CUPTI but reading records may be called inside of a buffer callback.
void activity_entry(const char* function);
