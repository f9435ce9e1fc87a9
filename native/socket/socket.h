// Bytes through a connected socket, waiting for them at most so long; the descriptor may be blocking or not.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mdbench {

/** Reads at least `least` and at most `most` bytes. The count, less than `least` when `timeout` ms ran out; -1 - count at its end. */
int64_t receive(int descriptor, uint8_t* bytes, size_t least, size_t most, int timeout);

/** Writes all bytes. The count, less than `length` when `timeout` ms ran out; -1 - count when the other side is gone. */
int64_t transmit(int descriptor, const uint8_t* bytes, size_t length, int timeout);

/** Number of the process at the other end of a unix socket; -1 where the system does not tell, 0 for one of another namespace. */
int64_t peer_process(int descriptor);

}  // namespace mdbench
