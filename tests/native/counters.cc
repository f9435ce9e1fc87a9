// Counters under the sanitizers, with threads from before and after the opening, against getrusage. Exit code 0: right.

#include "counters/counters.h"

#include <dirent.h>
#include <sys/resource.h>
#include <time.h>

#include <atomic>
#include <cmath>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec); }

double spent(int who) {
  rusage usage;
  getrusage(who, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void burn(double time) {
  for (const double end = spent(RUSAGE_THREAD) + time; spent(RUSAGE_THREAD) < end;) {
  }
}

int open_files() {
  int count = 0;
  DIR* folder = opendir("/proc/self/fd");
  while (readdir(folder) != nullptr) count++;
  closedir(folder);
  return count;
}

}  // namespace

int main() {
  const int files = open_files();
  std::vector<int32_t> errors(mdbench::COUNTERS);
  std::vector<double> values(3 * mdbench::COUNTERS), usage(5);
  std::atomic<bool> go{false};
  std::thread early([&] {
    while (!go) std::this_thread::yield();
    burn(0.15);
  });
  for (int round = 0; round < 3; round++) mdbench::open_counters(errors.data());
  const double before = spent(RUSAGE_SELF);
  go = true;
  std::thread late([] { burn(0.15); });
  burn(0.05);
  early.join();
  late.join();
  mdbench::read_counters(values.data());
  const double truth = spent(RUSAGE_SELF) - before;
  for (int k = 0; k < mdbench::COUNTERS; k++)
    if ((errors[k] > 0) != std::isnan(values[3 * k])) return 2;
  const double ratio = 1e-9 * values[3 * 6] / truth;
  if (errors[6] <= 0 && !(ratio > 0.9 && ratio < 1.1)) {
    std::printf("task clock %g of %g s\n", 1e-9 * values[3 * 6], truth);
    return 3;
  }
  mdbench::close_counters();
  mdbench::close_counters();
  mdbench::read_counters(values.data());
  for (const double value : values)
    if (!std::isnan(value)) return 4;
  if (open_files() != files) return 5;
  mdbench::thread_usage(usage.data());
  const double switches = usage[0];
  const timespec pause = {0, 1000000};
  for (int k = 0; k < 20; k++) nanosleep(&pause, nullptr);
  mdbench::thread_usage(usage.data());
  if (usage[0] < switches + 20) return 6;
  if (std::fabs(1e-9 * usage[4] - spent(RUSAGE_THREAD)) > 0.05) return 7;
  std::printf("task clock %s\n", errors[6] <= 0 ? "right" : "refused");
  return 0;
}
