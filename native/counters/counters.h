// What the kernel counts for this process and its threads, by perf_event_open; Linux only, elsewhere nothing opens.
#pragma once

#include <stdint.h>

namespace mdbench {

// In the order of `counterNames` in src/measure/processor-counters.ts: cycles, instructions, branches, branch misses,
// cache references, cache misses, task clock (ns), migrations.
enum { COUNTERS = 8 };
enum { COUNTS_NO_KERNEL = -1 };

// Opens each for the threads of this process and those that they start from now on; one set a process, an open one is
// closed. errors: 0, COUNTS_NO_KERNEL where only user space may be counted, or errno, one a counter.
void open_counters(int32_t* errors);

// Value, time enabled, time running (ns), three doubles a counter, summed over threads; NaN for one that did not open.
void read_counters(double* values);
void close_counters();

// Of the calling thread: voluntary, involuntary context switches, minor, major page faults, processor time (ns); NaN
// where the system does not tell.
void thread_usage(double* values);

}  // namespace mdbench
