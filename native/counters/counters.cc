// One event a descriptor, inherited by threads that are started later: groups cannot be inherited by older kernels.

#include "counters/counters.h"

#include <cmath>

#ifdef __linux__

#include <linux/perf_event.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>

namespace {

struct Event {
  uint32_t type;
  uint64_t config;
};

constexpr Event events[mdbench::COUNTERS] = {
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES},       {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES}, {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES},    {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK},
    {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS},      {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS}};

int descriptors[mdbench::COUNTERS] = {-1, -1, -1, -1, -1, -1, -1, -1};

int open_event(const Event& event, bool with_kernel) {
  perf_event_attr attributes;
  std::memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = event.type;
  attributes.config = event.config;
  attributes.inherit = 1;
  attributes.exclude_kernel = !with_kernel;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return static_cast<int>(syscall(SYS_perf_event_open, &attributes, 0, -1, -1, PERF_FLAG_FD_CLOEXEC));
}

}  // namespace

namespace mdbench {

int open_counters(int32_t* errors) {
  close_counters();
  bool with_kernel = true;
  for (int k = 0; k < COUNTERS; k++) {
    descriptors[k] = open_event(events[k], with_kernel);
    if (descriptors[k] < 0 && with_kernel && (errno == EACCES || errno == EPERM)) {
      with_kernel = false;
      descriptors[k] = open_event(events[k], false);
    }
    errors[k] = descriptors[k] < 0 ? errno : 0;
  }
  return with_kernel ? 1 : 0;
}

void read_counters(double* values) {
  for (int k = 0; k < COUNTERS; k++) {
    uint64_t counted[3];
    const bool there = descriptors[k] >= 0 && read(descriptors[k], counted, sizeof counted) == sizeof counted;
    for (int v = 0; v < VALUES_PER_COUNTER; v++)
      values[VALUES_PER_COUNTER * k + v] = there ? static_cast<double>(counted[v]) : std::nan("");
  }
}

void close_counters() {
  for (int& descriptor : descriptors) {
    if (descriptor >= 0) close(descriptor);
    descriptor = -1;
  }
}

void thread_usage(double* values) {
  rusage usage;
  timespec time;
  getrusage(RUSAGE_THREAD, &usage);
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  values[0] = static_cast<double>(usage.ru_nvcsw);
  values[1] = static_cast<double>(usage.ru_nivcsw);
  values[2] = static_cast<double>(usage.ru_minflt);
  values[3] = static_cast<double>(usage.ru_majflt);
  values[4] = 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

}  // namespace mdbench

#else

#include <cerrno>

namespace mdbench {

int open_counters(int32_t* errors) {
  for (int k = 0; k < COUNTERS; k++) errors[k] = ENOSYS;
  return 0;
}

void read_counters(double* values) {
  for (int k = 0; k < VALUES_PER_COUNTER * COUNTERS; k++) values[k] = std::nan("");
}

void close_counters() {}

void thread_usage(double* values) {
  for (int k = 0; k < USAGE_VALUES; k++) values[k] = std::nan("");
}

}  // namespace mdbench

#endif
