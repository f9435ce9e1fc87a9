// What a reader needs to trust a trace: program, state, clocks, counts.

#include "hook-trace.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "sink.h"

static uint64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t trace_now(void) { return nanoseconds(CLOCK_REALTIME); }

// The command line with spaces between its words.
static size_t command_line(char* text, size_t size) {
  const int file = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
  ssize_t length = file < 0 ? 0 : read(file, text, size);
  if (file >= 0) close(file);
  while (length > 0 && text[length - 1] == '\0') length--;
  for (ssize_t k = 0; k < length; k++)
    if (text[k] == '\0' || text[k] == '\n') text[k] = ' ';
  return length < 0 ? 0 : (size_t)length;
}

void trace_process(uint32_t cupti_version, uint32_t driver_version, const char* library) {
  char text[2600];
  size_t length = command_line(text, 2000);
  length += (size_t)snprintf(text + length, sizeof text - length, "\n%.511s", library);
  TraceProcess process = {.cupti_version = cupti_version, .driver_version = driver_version};
  process.parent_pid = (uint32_t)getppid();
  process.length = (uint32_t)length;
  sink_text(&process.head, TRACE_PROCESS, sizeof process, text, (uint32_t)length);
}

void trace_state(const HookState* state, int full) {
  TraceState record = {.stage = (uint32_t)state->stage, .code = state->code};
  record.head.flags = (uint16_t)full;
  record.length = (uint32_t)strlen(state->message);
  sink_text(&record.head, TRACE_STATE, sizeof record, state->message, record.length);
}

enum { CLOSE_NANOSECONDS = 20000, MOST_READINGS = 5 };

// The two system clocks once before and once after CUPTI's, so that the middle of them belongs to it. Returns ns between.
static uint64_t read_clocks(TraceClock* clock, int (*timestamp)(uint64_t*)) {
  const uint64_t realtime = nanoseconds(CLOCK_REALTIME);
  const uint64_t monotonic = nanoseconds(CLOCK_MONOTONIC);
  if (timestamp == NULL || timestamp(&clock->cupti) != 0) clock->cupti = 0;
  clock->monotonic = monotonic + (nanoseconds(CLOCK_MONOTONIC) - monotonic) / 2;
  const uint64_t width = nanoseconds(CLOCK_REALTIME) - realtime;
  clock->realtime = realtime + width / 2;
  return width;
}

// Of some readings the closest: the thread may be taken off its processor within one.
void trace_clock(int (*timestamp)(uint64_t*)) {
  TraceClock clock = {.head = {TRACE_CLOCK, 0, sizeof clock}};
  uint64_t closest = read_clocks(&clock, timestamp);
  for (int k = 1; k < MOST_READINGS && closest > CLOSE_NANOSECONDS; k++) {
    TraceClock again = clock;
    const uint64_t width = read_clocks(&again, timestamp);
    if (width >= closest) continue;
    closest = width;
    clock = again;
  }
  sink_append(&clock, sizeof clock);
}

void trace_buffers(HookCounts counts) {
  TraceBuffers buffers = {{TRACE_BUFFERS, 0, sizeof buffers}, counts.requested, counts.completed, counts.dropped, counts.lost};
  sink_append(&buffers, sizeof buffers);
}

void trace_end(HookCounts counts) {
  TraceEnd end = {.head = {TRACE_END, 0, sizeof end}, .requested = counts.requested};
  end.completed = counts.completed;
  end.dropped = counts.dropped;
  end.lost = counts.lost;
  end.records = counts.records;
  sink_append(&end, sizeof end);
}
