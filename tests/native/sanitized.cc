// Runs the kernels on seeded random cells under the sanitizers, with buffers of exactly the size that is promised,
// and compares the number of pairs with all images tried one by one. Exit code 0: all equal.

#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "neighbors/cell-list.h"

namespace {

struct Cell {
  double rows[9], inverse[9], heights[3], skewness;
};

bool describe(Cell& cell) {
  const double* m = cell.rows;
  double volume = 0;
  for (int k = 0; k < 3; k++) {
    const double* a = m + 3 * ((k + 1) % 3);
    const double* b = m + 3 * ((k + 2) % 3);
    const double cross[3] = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    if (k == 0) volume = m[0] * cross[0] + m[1] * cross[1] + m[2] * cross[2];
    for (int c = 0; c < 3; c++) cell.inverse[3 * c + k] = cross[c] / volume;
    cell.heights[k] = std::fabs(volume) / std::hypot(cross[0], cross[1], cross[2]);
  }
  cell.skewness = std::hypot(m[0], m[1], m[2]) * std::hypot(m[3], m[4], m[5]) * std::hypot(m[6], m[7], m[8]) / std::fabs(volume);
  return std::fabs(volume) > 20;
}

long count_pairs(const std::vector<double>& r, const double* m, double cutoff, int reach) {
  long count = 0;
  const long n = static_cast<long>(r.size() / 3);
  for (long i = 0; i < n; i++)
    for (long j = 0; j < n; j++)
      for (int a = -reach; a <= reach; a++)
        for (int b = -reach; b <= reach; b++)
          for (int c = -reach; c <= reach; c++) {
            if (i == j && a == 0 && b == 0 && c == 0) continue;
            double square = 0;
            for (int k = 0; k < 3; k++) {
              const double d = r[3 * j + k] - r[3 * i + k] + (a * m[k] + b * m[3 + k] + c * m[6 + k]);
              square += d * d;
            }
            count += square < cutoff * cutoff;
          }
  return count;
}

}  // namespace

int main() {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(0, 1);
  mdbench::CellListWork work;
  long total = 0;
  for (int round = 0; round < 30; round++) {
    Cell cell;
    do {
      for (int k = 0; k < 9; k++) cell.rows[k] = (k % 4 == 0 ? 3 + 3 * uniform(random) : 3 * uniform(random) - 1.5);
    } while (!describe(cell));
    const int64_t n = 1 + static_cast<int64_t>(12 * uniform(random));
    std::vector<double> positions(3 * n);
    for (double& x : positions) x = 4 * uniform(random);
    const double cutoff = 1 + 3 * uniform(random);
    const mdbench::Lattice lattice = {cell.rows,    cell.rows,     cell.inverse,
                                      cell.heights, cell.skewness, {true, true, true}};
    std::vector<int32_t> centers, neighbors, shifts, first(n + 1), kept(n + 1);
    auto build = [&](bool half) {
      return mdbench::build_pairs(positions.data(), n, lattice, cutoff, half, cutoff / 2, 10.0 * n, 100000000, work,
                                  {static_cast<int64_t>(centers.size()), centers.data(), neighbors.data(),
                                   shifts.data(), first.data()});
    };
    const int64_t half = build(true);
    const int64_t count = build(false);
    centers.resize(count);
    neighbors.resize(count);
    shifts.resize(3 * count);
    const long truth = count_pairs(positions, cell.rows, cutoff, 9);
    if (build(false) != count || count != truth || 2 * half != count || first[n] != count) {
      std::printf("round %d: %ld pairs instead of %ld, half %ld\n", round, long(count), truth, long(half));
      return 1;
    }
    std::vector<double> translations(3 * count);
    for (int64_t p = 0; p < 3 * count; p++) {
      const int32_t* s = &shifts[p - p % 3];
      translations[p] = s[0] * cell.rows[p % 3] + s[1] * cell.rows[3 + p % 3] + s[2] * cell.rows[6 + p % 3];
    }
    std::vector<int32_t> to(5 * count);
    const int64_t trimmed = mdbench::trim_pairs(
        positions.data(), n, {count, centers.data(), neighbors.data(), shifts.data(), first.data()},
        translations.data(), 0.8 * cutoff, {count, to.data(), to.data() + count, to.data() + 2 * count, kept.data()});
    if (trimmed != count_pairs(positions, cell.rows, 0.8 * cutoff, 9)) return 2;
    total += count;
  }
  std::printf("%ld pairs\n", total);
  return total > 500 ? 0 : 3;
}
