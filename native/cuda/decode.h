// From CUPTI's buffers to records of a trace: every field by its offset, refused where it cannot be what it should.
#pragma once

#include "cupti-abi.h"

typedef struct {
  uint64_t records;
  // Activities that no device can have done; their names are never followed.
  uint64_t implausible;
} DecodeCounts;

// Appends everything in `valid` bytes to the sink. full: API calls that launch and copy nothing too.
void decode_buffer(const Cupti* cupti, uint32_t version, int full, uint8_t* buffer, size_t valid, DecodeCounts* counts);
