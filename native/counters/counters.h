// What the kernel counts for this process and its threads, by perf_event_open; Linux only, elsewhere nothing opens.
#pragma once

#include <stdint.h>

namespace mdbench {

// In the order of `counterNames` in src/measure/processor-counters.ts.
enum { COUNTERS = 8 };

// Opens each for this process and the threads that it starts from now on. errors: 0, or errno, one a counter.
void open_counters(int32_t* errors);

// value, time enabled, time running (ns), three doubles a counter; NaN for one that did not open.
void read_counters(double* values);
void close_counters();

// Of the calling thread: voluntary, involuntary context switches, minor, major page faults, processor time (ns).
void thread_usage(double* values);

}  // namespace mdbench
