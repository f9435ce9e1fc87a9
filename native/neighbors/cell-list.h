// The cell list: pairs within a cutoff from binned periodic images, O(n). Å. As src/neighbors/cell-list.ts.
#pragma once

#include "images.h"

namespace mdbench {

// Buffers of a list of pairs (i, j, shift), sorted by center; first has n + 1 entries.
struct PairBuffers {
  int64_t capacity;
  int32_t* centers;
  int32_t* neighbors;
  int32_t* shifts;
  int32_t* first;
};

struct CellListWork {
  Images images;
  std::vector<int32_t> hits;
};

// Returns the number of pairs: where it is more than the capacity, the buffers hold nothing of use and the call
// is to be made again with larger ones. Counting stops beyond `limit`. Negative: -1 - (an atom that is lost).
int64_t build_pairs(const double* positions, int64_t n, const Lattice& lattice, double cutoff, bool half,
                    double bin_width, double expected, int64_t limit, CellListWork& work, PairBuffers out);

// Makes `out` the pairs of `skinned` nearer than the cutoff now; translations (pairs, 3) are shift · cell.
int64_t trim_pairs(const double* positions, int64_t n, const PairBuffers& skinned, const double* translations,
                   double cutoff, PairBuffers out);

}  // namespace mdbench
