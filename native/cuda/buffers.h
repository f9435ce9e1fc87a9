// Memory that CUPTI fills with records: aligned to 8 bytes, never null, from any thread.
#pragma once

#include <stddef.h>
#include <stdint.h>

uint8_t* take_buffer(size_t* size);
// size: as it was taken; memory of another size is another tool's, and left alone.
void give_buffer(uint8_t* buffer, size_t size);
