// perf_event_open a counter and a thread. Hardware first with the kernel, then without it where that is not permitted.

#include "counters/counters.h"

#include <cerrno>
#include <cmath>

#ifdef __linux__

#include <dirent.h>
#include <linux/perf_event.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

namespace mdbench {
namespace {

struct Event {
  uint32_t type;
  uint64_t config;
  // Counts nothing at all where the kernel is excluded, because it happens there.
  bool in_kernel;
};

const Event events[COUNTERS] = {
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES, false},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS, false},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS, false},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES, false},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES, false},
    {PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES, false},
    {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK, false},
    {PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS, true},
};

std::vector<int> opened[COUNTERS];

std::vector<pid_t> threads_of_this_process() {
  std::vector<pid_t> threads;
  DIR* folder = opendir("/proc/self/task");
  if (folder == nullptr) return {0};
  while (const dirent* entry = readdir(folder))
    if (entry->d_name[0] != '.') threads.push_back(static_cast<pid_t>(std::atoi(entry->d_name)));
  closedir(folder);
  return threads;
}

perf_event_attr attributes_of(const Event& event) {
  perf_event_attr attributes;
  std::memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = event.type;
  attributes.config = event.config;
  attributes.inherit = 1;
#ifdef PERF_ATTR_SIZE_VER7
  attributes.inherit_thread = 1;
#endif
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  return attributes;
}

// Gives up what this kernel or its settings refuse, and leaves in `attributes` what was granted.
int open_for(pid_t thread, bool in_kernel, perf_event_attr& attributes) {
  for (;;) {
    const long descriptor = syscall(SYS_perf_event_open, &attributes, thread, -1, -1, PERF_FLAG_FD_CLOEXEC);
    if (descriptor >= 0) return static_cast<int>(descriptor);
    const bool forbidden = errno == EACCES || errno == EPERM;
    if (forbidden && !in_kernel && !attributes.exclude_kernel) {
      attributes.exclude_kernel = 1;
      attributes.exclude_hv = 1;
      continue;
    }
#ifdef PERF_ATTR_SIZE_VER7
    if (errno == EINVAL && attributes.inherit_thread) {
      attributes.inherit_thread = 0;
      continue;
    }
#endif
    return -1;
  }
}

void close_all(std::vector<int>& descriptors) {
  for (const int descriptor : descriptors) close(descriptor);
  descriptors.clear();
}

// A thread that has ended meanwhile is left out; any other error closes the counter, which would tell a part only.
int32_t open_counter(const Event& event, const std::vector<pid_t>& threads, std::vector<int>& descriptors) {
  perf_event_attr attributes = attributes_of(event);
  for (const pid_t thread : threads) {
    const int descriptor = open_for(thread, event.in_kernel, attributes);
    if (descriptor >= 0) {
      descriptors.push_back(descriptor);
    } else if (errno != ESRCH) {
      const int32_t error = errno;
      close_all(descriptors);
      return error;
    }
  }
  return attributes.exclude_kernel ? COUNTS_NO_KERNEL : 0;
}

}  // namespace

void open_counters(int32_t* errors) {
  close_counters();
  const std::vector<pid_t> threads = threads_of_this_process();
  for (int k = 0; k < COUNTERS; k++) errors[k] = open_counter(events[k], threads, opened[k]);
}

void read_counters(double* values) {
  for (int k = 0; k < COUNTERS; k++) {
    double* sums = values + 3 * k;
    sums[0] = sums[1] = sums[2] = opened[k].empty() ? NAN : 0;
    for (const int descriptor : opened[k]) {
      uint64_t counted[3];
      if (read(descriptor, counted, sizeof counted) != sizeof counted) counted[0] = counted[1] = counted[2] = 0;
      for (int part = 0; part < 3; part++) sums[part] += static_cast<double>(counted[part]);
    }
  }
}

void close_counters() {
  for (std::vector<int>& descriptors : opened) close_all(descriptors);
}

void thread_usage(double* values) {
  rusage usage;
  timespec time;
  for (int k = 0; k < 5; k++) values[k] = NAN;
  if (getrusage(RUSAGE_THREAD, &usage) == 0) {
    values[0] = static_cast<double>(usage.ru_nvcsw);
    values[1] = static_cast<double>(usage.ru_nivcsw);
    values[2] = static_cast<double>(usage.ru_minflt);
    values[3] = static_cast<double>(usage.ru_majflt);
  }
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0)
    values[4] = 1e9 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec);
}

}  // namespace mdbench

#else

namespace mdbench {

void open_counters(int32_t* errors) {
  for (int k = 0; k < COUNTERS; k++) errors[k] = ENOSYS;
}

void read_counters(double* values) {
  for (int k = 0; k < 3 * COUNTERS; k++) values[k] = NAN;
}

void close_counters() {}

void thread_usage(double* values) {
  for (int k = 0; k < 5; k++) values[k] = NAN;
}

}  // namespace mdbench

#endif
