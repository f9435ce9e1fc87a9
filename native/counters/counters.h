// What the kernel counts for this process and its threads, by perf_event_open; Linux only, elsewhere nothing opens.
#pragma once

#include <cstdint>

namespace mdbench {

// In the order of `counterNames` in src/measure/processor-counters.ts.
enum { COUNTERS = 8, VALUES_PER_COUNTER = 3, USAGE_VALUES = 5 };

// Opens each for this process and the threads that it starts from now on; with the kernel's share where it is allowed.
// errors: 0, or errno, one a counter. Returns 1 where the kernel's share is counted.
int open_counters(int32_t* errors);

// Value, time enabled, time running (ns) of each counter; NaN for one that did not open.
void read_counters(double* values);
void close_counters();

// Of the calling thread: voluntary, involuntary context switches, minor, major page faults, processor time (ns).
void thread_usage(double* values);

}  // namespace mdbench
