// What the stub libraries share: settings by environment, errors on demand, and how libcuda tells libcupti of a call.
#pragma once

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STUB_KERNEL, STUB_COPY, STUB_PEER, STUB_SET, STUB_SYNCHRONIZE };
enum { STUB_DRIVER = 4, STUB_RUNTIME = 5 };

// One call of the program: what it was, and what the device shall do for it (`kernels` of a graph, or one).
typedef struct {
  int what, domain, cbid, kernels;
  uint32_t grid[3], block[3], shared, stream, graph;
  const char* name;
  uint64_t bytes;
  int copy_kind, source, target;
} StubCall;

typedef void (*StubListener)(const StubCall*);

#define STUB_EXPORT __attribute__((visibility("default")))

static inline uint64_t stub_clock(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline long stub_setting(const char* name, long otherwise) {
  const char* text = getenv(name);
  return text && *text ? strtol(text, NULL, 10) : otherwise;
}

// MDBENCH_STUB_FAIL=cuInit=100,cuptiSubscribe=39,cuptiActivityEnable:10=35: the code that `name` shall return, or 0.
static inline int stub_failure(const char* name) {
  const char* list = getenv("MDBENCH_STUB_FAIL");
  const size_t length = strlen(name);
  while (list && *list) {
    if (!strncmp(list, name, length) && list[length] == '=') return atoi(list + length + 1);
    list = strchr(list, ',');
    if (list) list++;
  }
  return 0;
}

// A use that the real library answers by a deadlock, a crash or wrong data: the tests shall see it at once.
static inline void stub_misuse(const char* what) {
  fprintf(stderr, "stub: misuse: %s\n", what);
  abort();
}
