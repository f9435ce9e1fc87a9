// From CUPTI's buffers to records of a trace: every field by its offset, refused where it cannot be what it should.
#pragma once

#include "cupti-abi.h"

typedef struct {
  uint64_t records;
  // Activities that no device can have done, whose names are never followed, and those that a forced flush tore off
  // before they had ended: as good as dropped.
  uint64_t refused;
} DecodeCounts;

// Appends everything in `valid` bytes to the sink. full: API calls that launch and copy nothing too.
void decode_buffer(const Cupti* cupti, uint32_t version, int full, uint8_t* buffer, size_t valid, DecodeCounts* counts);
