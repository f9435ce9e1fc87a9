// Atoms wrapped into the cell and their periodic images within reach, sorted into bins. Å.
// The same operations in the same order as src/neighbors/collect-images.ts, so that lists come out equal.
#pragma once

#include <cstdint>
#include <vector>

namespace mdbench {

// The periodic part of a cell, as src/neighbors/lattice.ts describes it; rows are lattice vectors.
struct Lattice {
  const double* cell;
  const double* vectors;
  const double* inverse;
  const double* heights;
  double skewness;
  bool periodic[3];
};

struct Images {
  double slack;
  double low[3], high[3];
  double corner[3], width[3];
  int32_t bins[3];
  std::vector<double> wrapped;
  std::vector<int32_t> wraps;
  std::vector<double> x, y, z;
  std::vector<int32_t> atoms, shifts, starts;

  struct Found {
    double x, y, z;
    int32_t atom, bin, a, b, c;
  };
  std::vector<Found> found;
};

// Returns -1, or the first atom whose position is not a number or too far away.
int64_t collect_images(const double* positions, int64_t n, const Lattice& lattice, double cutoff, double bin_width,
                       double expected, Images& images);

}  // namespace mdbench
