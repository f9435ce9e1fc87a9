// Append-only, one write for a full buffer; what a full disk refuses is counted and lost, and the program goes on.

#include "sink.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CAPACITY = 1 << 18, LONGEST_NAME = 4096, FIRST_SLOTS = 1024 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int file = -1;
static size_t used;
static uint64_t lost;
static char buffer[CAPACITY];

int sink_open(const char* path, int exclusive) {
  const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (exclusive ? O_EXCL : O_TRUNC);
  const int opened = open(path, flags, 0644);
  if (opened < 0) return errno;
  pthread_mutex_lock(&lock);
  file = opened;
  used = 0;
  lost = 0;
  pthread_mutex_unlock(&lock);
  TraceHead head = {{0}, TRACE_VERSION, (uint32_t)getpid()};
  memcpy(head.magic, trace_magic, sizeof head.magic);
  sink_append(&head, sizeof head);
  return 0;
}

int sink_is_open(void) { return file >= 0; }

static void write_all(const char* data, size_t bytes) {
  while (bytes > 0) {
    const ssize_t written = write(file, data, bytes);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      lost += bytes;
      return;
    }
    data += written;
    bytes -= (size_t)written;
  }
}

static void empty_buffer(void) {
  const size_t bytes = used;
  used = 0;
  if (file >= 0 && bytes > 0) write_all(buffer, bytes);
}

static void append(const void* data, size_t bytes) {
  if (file < 0) return;
  if (used + bytes > CAPACITY) empty_buffer();
  if (bytes > CAPACITY) {
    write_all(data, bytes);
    return;
  }
  memcpy(buffer + used, data, bytes);
  used += bytes;
}

void sink_append(const void* records, size_t bytes) {
  const int before = errno;
  pthread_mutex_lock(&lock);
  append(records, bytes);
  pthread_mutex_unlock(&lock);
  errno = before;
}

static void append_text(TraceRecord* record, uint16_t kind, uint32_t bytes, const char* text, uint32_t length) {
  static const char zeros[8];
  const uint32_t padding = (8 - length % 8) % 8;
  record->kind = kind;
  record->bytes = bytes + length + padding;
  append(record, bytes);
  append(text, length);
  append(zeros, padding);
}

void sink_text(TraceRecord* record, uint16_t kind, uint32_t bytes, const char* text, uint32_t length) {
  const int before = errno;
  pthread_mutex_lock(&lock);
  append_text(record, kind, bytes, text, length);
  pthread_mutex_unlock(&lock);
  errno = before;
}

void sink_write(void) {
  const int before = errno;
  pthread_mutex_lock(&lock);
  empty_buffer();
  pthread_mutex_unlock(&lock);
  errno = before;
}

// Names: a hash table of copies.

typedef struct {
  char* text;
  uint32_t hash;
  uint32_t id;
} Name;

static Name* names;
static uint32_t slots, known;

static uint32_t hash_of(const char* text, size_t length) {
  uint32_t hash = 2166136261u;
  for (size_t k = 0; k < length; k++) hash = (hash ^ (uint8_t)text[k]) * 16777619u;
  return hash;
}

static int grow_names(void) {
  const uint32_t wider = slots ? 2 * slots : FIRST_SLOTS;
  Name* fresh = calloc(wider, sizeof *fresh);
  if (fresh == NULL) return 0;
  for (uint32_t k = 0; k < slots; k++) {
    if (names[k].text == NULL) continue;
    uint32_t slot = names[k].hash & (wider - 1);
    while (fresh[slot].text != NULL) slot = (slot + 1) & (wider - 1);
    fresh[slot] = names[k];
  }
  free(names);
  names = fresh;
  slots = wider;
  return 1;
}

static uint32_t add_name(Name* slot, const char* text, uint32_t length, uint32_t hash) {
  char* copy = malloc(length + 1);
  if (copy == NULL) return 0;
  memcpy(copy, text, length);
  copy[length] = '\0';
  *slot = (Name){copy, hash, ++known};
  TraceName record = {.id = known, .length = length};
  append_text(&record.head, TRACE_NAME, sizeof record, copy, length);
  return known;
}

static uint32_t find_name(const char* text) {
  const uint32_t length = (uint32_t)strnlen(text, LONGEST_NAME);
  const uint32_t hash = hash_of(text, length);
  if (2 * known >= slots && !grow_names()) return 0;
  uint32_t slot = hash & (slots - 1);
  for (; names[slot].text != NULL; slot = (slot + 1) & (slots - 1))
    if (names[slot].hash == hash && strncmp(names[slot].text, text, length) == 0 && names[slot].text[length] == '\0')
      return names[slot].id;
  return add_name(&names[slot], text, length, hash);
}

uint32_t sink_name(const char* text) {
  if (text == NULL) return 0;
  const int before = errno;
  pthread_mutex_lock(&lock);
  const uint32_t id = file < 0 ? 0 : find_name(text);
  pthread_mutex_unlock(&lock);
  errno = before;
  return id;
}

static void forget_names(void) {
  for (uint32_t k = 0; k < slots; k++) free(names[k].text);
  free(names);
  names = NULL;
  slots = known = 0;
}

void sink_close(void) {
  pthread_mutex_lock(&lock);
  empty_buffer();
  if (file >= 0) close(file);
  file = -1;
  forget_names();
  pthread_mutex_unlock(&lock);
}

uint64_t sink_lost(void) { return lost; }

void sink_forget(void) {
  const pthread_mutex_t unlocked = PTHREAD_MUTEX_INITIALIZER;
  lock = unlocked;
  if (file >= 0) close(file);
  file = -1;
  used = 0;
}
