// Used again and again: pages of fresh ones would fault in one by one on the thread that launches.

#include "buffers.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { BUFFER_BYTES = 1 << 20, RESERVE_BYTES = 1 << 16, MOST_KEPT = 8 };

static _Atomic(uint8_t*) kept[MOST_KEPT];
static _Alignas(8) uint8_t reserve[RESERVE_BYTES], nothing[8];
static atomic_flag reserve_is_out = ATOMIC_FLAG_INIT;

// Where memory has run out: once the reserve, then a buffer of no size, into which CUPTI writes nothing.
static uint8_t* last_resort(size_t* size) {
  const int is_out = atomic_flag_test_and_set(&reserve_is_out);
  *size = is_out ? 0 : sizeof reserve;
  return is_out ? nothing : reserve;
}

uint8_t* take_buffer(size_t* size) {
  *size = BUFFER_BYTES;
  for (int k = 0; k < MOST_KEPT; k++) {
    uint8_t* buffer = atomic_exchange(&kept[k], NULL);
    if (buffer != NULL) return buffer;
  }
  uint8_t* buffer = aligned_alloc(8, BUFFER_BYTES);
  return buffer != NULL ? buffer : last_resort(size);
}

void give_buffer(uint8_t* buffer, size_t size) {
  if (buffer == reserve) atomic_flag_clear(&reserve_is_out);
  if (buffer == NULL || size != BUFFER_BYTES) return;
  for (int k = 0; k < MOST_KEPT; k++) {
    uint8_t* empty = NULL;
    if (atomic_compare_exchange_strong(&kept[k], &empty, buffer)) return;
  }
  free(buffer);
}
