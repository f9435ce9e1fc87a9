// Append-only, one write for a full buffer; what a full disk refuses is counted and lost, and the program goes on.
// Whole buffers of whole records are in the file or nothing of them is, so that what follows a loss can be read.

#include "sink.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "names.h"

// Names of template instances reach tens of kilobytes, and differ at their ends.
enum { CAPACITY = 1 << 18, LONGEST_NAME = 1 << 16 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local volatile sig_atomic_t inside;
static atomic_int file = -1;
static atomic_uint_fast64_t lost;
static struct stat own;
static pid_t owner;
static uint64_t written;
static size_t used;
static char buffer[CAPACITY];

// Fails in a signal handler that has interrupted its own thread in here.
static int enter(size_t bytes) {
  if (inside) {
    lost += bytes;
    return 0;
  }
  inside = 1;
  pthread_mutex_lock(&lock);
  return 1;
}

static void leave(void) {
  pthread_mutex_unlock(&lock);
  inside = 0;
}

int sink_open(const char* path, int exclusive) {
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC);
  const int opened = open(path, flags, 0644);
  if (opened < 0) return errno;
  if (!enter(0)) {
    close(opened);
    return EDEADLK;
  }
  used = 0;
  written = 0;
  lost = 0;
  owner = getpid();
  fstat(opened, &own);
  file = opened;
  leave();
  TraceHead head = {{0}, TRACE_VERSION, (uint32_t)getpid()};
  memcpy(head.magic, trace_magic, sizeof head.magic);
  sink_append(&head, sizeof head);
  return 0;
}

int sink_is_open(void) { return file >= 0; }

int sink_is_ours(void) {
  struct stat now;
  if (file < 0 || getpid() != owner || fstat(file, &now) != 0) return 0;
  return now.st_dev == own.st_dev && now.st_ino == own.st_ino;
}

static int write_all(const char* data, size_t bytes) {
  while (bytes > 0) {
    const ssize_t done = write(file, data, bytes);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return 0;
    data += done;
    bytes -= (size_t)done;
  }
  return 1;
}

// Beyond the limit of the process a write is answered by a signal that ends it.
static int is_within_limit(uint64_t size) {
  struct rlimit limit;
  return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY || size <= limit.rlim_cur;
}

// A thread that is cancelled in write would take the lock with it.
static void empty_buffer(void) {
  const size_t bytes = used;
  int cancelable;
  used = 0;
  if (file < 0 || bytes == 0) return;
  if (!sink_is_ours()) {
    file = -1;
    return;
  }
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancelable);
  if (is_within_limit(written + bytes) && write_all(buffer, bytes)) {
    written += bytes;
  } else {
    lost += bytes;
    (void)!ftruncate(file, (off_t)written);
  }
  pthread_setcancelstate(cancelable, NULL);
}

static void append(const void* data, size_t bytes) {
  memcpy(buffer + used, data, bytes);
  used += bytes;
}

static int has_room(size_t bytes) {
  if (file < 0 || bytes > CAPACITY) return 0;
  if (used + bytes > CAPACITY) empty_buffer();
  return file >= 0;
}

void sink_append(const void* records, size_t bytes) {
  const int before = errno;
  if (!enter(bytes)) return;
  if (has_room(bytes)) append(records, bytes);
  leave();
  errno = before;
}

static void append_text(TraceRecord* record, uint16_t kind, uint32_t bytes, const char* text, uint32_t length) {
  static const char zeros[8];
  const uint32_t padding = (8 - length % 8) % 8;
  record->kind = kind;
  record->bytes = bytes + length + padding;
  if (!has_room(record->bytes)) return;
  append(record, bytes);
  append(text, length);
  append(zeros, padding);
}

void sink_text(TraceRecord* record, uint16_t kind, uint32_t bytes, const char* text, uint32_t length) {
  const int before = errno;
  if (!enter(bytes + length)) return;
  append_text(record, kind, bytes, text, length);
  leave();
  errno = before;
}

void sink_write(void) {
  const int before = errno;
  if (!enter(0)) return;
  empty_buffer();
  leave();
  errno = before;
}

static uint32_t find_name(const char* text) {
  int is_new = 0;
  const uint32_t length = (uint32_t)strnlen(text, LONGEST_NAME);
  TraceName record = {.id = name_number(text, length, &is_new), .length = length};
  if (is_new) append_text(&record.head, TRACE_NAME, sizeof record, text, length);
  return record.id;
}

uint32_t sink_name(const char* text) {
  if (text == NULL) return 0;
  const int before = errno;
  if (!enter(0)) return 0;
  const uint32_t id = file < 0 ? 0 : find_name(text);
  leave();
  errno = before;
  return id;
}

void sink_close(void) {
  if (!enter(0)) return;
  empty_buffer();
  if (file >= 0) close(file);
  file = -1;
  forget_names();
  leave();
}

uint64_t sink_lost(void) { return lost; }

void sink_forget(void) {
  const pthread_mutex_t unlocked = PTHREAD_MUTEX_INITIALIZER;
  lock = unlocked;
  inside = 0;
  if (file >= 0) close(file);
  file = -1;
  used = 0;
}
