#include "images.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace mdbench {
namespace {

int64_t wrap_atoms(const double* positions, int64_t n, const Lattice& lattice, double cutoff, Images& images) {
  const double* v = lattice.vectors;
  const double* inverse = lattice.inverse;
  const double far = std::numeric_limits<double>::infinity();
  double low[3] = {far, far, far};
  double high[3] = {-far, -far, -far};
  double largest = 0;
  images.wrapped.resize(3 * n);
  images.wraps.resize(3 * n);
  for (int64_t i = 0; i < n; i++) {
    const double* r = positions + 3 * i;
    double wrap[3];
    double size = 0;
    bool finite = true;
    for (int k = 0; k < 3; k++) {
      wrap[k] = lattice.periodic[k] ? std::floor(r[0] * inverse[k] + r[1] * inverse[3 + k] + r[2] * inverse[6 + k]) : 0;
      size = std::max(size, std::fabs(r[k]));
      finite = finite && std::fabs(wrap[k]) < 1e8 && std::fabs(r[k]) < 1e12;
    }
    if (!finite) return i;
    for (int k = 0; k < 3; k++) {
      const double w = r[k] - (wrap[0] * v[k] + wrap[1] * v[3 + k] + wrap[2] * v[6 + k]);
      images.wrapped[3 * i + k] = w;
      images.wraps[3 * i + k] = static_cast<int32_t>(wrap[k]);
      low[k] = std::min(low[k], w);
      high[k] = std::max(high[k], w);
    }
    largest = std::max(largest, size);
  }
  double scale = largest + cutoff;
  for (int k = 0; k < 9; k++) scale += std::fabs(v[k]);
  images.slack = std::ldexp(scale * lattice.skewness, -44);
  std::copy(low, low + 3, images.low);
  std::copy(high, high + 3, images.high);
  return -1;
}

void place_grid(Images& images, double cutoff, double bin_width, double expected) {
  const double limit = std::max(64.0, 2 * expected);
  for (double target = bin_width;; target *= 1.25) {
    double total = 1;
    for (int k = 0; k < 3; k++) {
      const double extent = images.high[k] - images.low[k] + 2 * (cutoff + images.slack);
      images.corner[k] = images.low[k] - cutoff - images.slack;
      images.bins[k] = static_cast<int32_t>(std::min(std::max(1.0, std::floor(extent / target)), 1e6));
      images.width[k] = extent / images.bins[k];
      total *= images.bins[k];
    }
    if (total <= limit) break;
  }
  images.starts.assign(static_cast<size_t>(images.bins[0]) * images.bins[1] * images.bins[2] + 2, 0);
}

inline int32_t bin_of(double offset, double per, int32_t bins) {
  return std::min(bins - 1, std::max(0, static_cast<int32_t>(offset * per)));
}

void enumerate_images(Images& images, int64_t n, const Lattice& lattice, double cutoff, double expected) {
  const double* v = lattice.vectors;
  const double reach = cutoff + images.slack;
  double reaches[3], low[3], high[3], per[3];
  for (int k = 0; k < 3; k++) {
    reaches[k] = reach / lattice.heights[k] + 1e-9;
    low[k] = images.low[k] - reach;
    high[k] = images.high[k] + reach;
    per[k] = 1 / images.width[k];
  }
  auto& found = images.found;
  found.clear();
  found.reserve(static_cast<size_t>(1.2 * expected) + 64);
  for (int64_t i = 0; i < n; i++) {
    const double* w = &images.wrapped[3 * i];
    const int32_t* wrap = &images.wraps[3 * i];
    int32_t begin[3] = {0, 0, 0};
    int32_t end[3] = {0, 0, 0};
    for (int k = 0; k < 3; k++) {
      if (!lattice.periodic[k]) continue;
      const double f = w[0] * lattice.inverse[k] + w[1] * lattice.inverse[3 + k] + w[2] * lattice.inverse[6 + k];
      begin[k] = static_cast<int32_t>(std::ceil(-reaches[k] - f));
      end[k] = static_cast<int32_t>(std::floor(1 + reaches[k] - f));
    }
    for (int32_t a = begin[0]; a <= end[0]; a++) {
      for (int32_t b = begin[1]; b <= end[1]; b++) {
        for (int32_t c = begin[2]; c <= end[2]; c++) {
          const double x = w[0] + (a * v[0] + b * v[3] + c * v[6]);
          const double y = w[1] + (a * v[1] + b * v[4] + c * v[7]);
          const double z = w[2] + (a * v[2] + b * v[5] + c * v[8]);
          if (x < low[0] || x > high[0] || y < low[1] || y > high[1] || z < low[2] || z > high[2]) continue;
          const int32_t kx = bin_of(x - images.corner[0], per[0], images.bins[0]);
          const int32_t ky = bin_of(y - images.corner[1], per[1], images.bins[1]);
          const int32_t kz = bin_of(z - images.corner[2], per[2], images.bins[2]);
          const int32_t bin = (kz * images.bins[1] + ky) * images.bins[0] + kx;
          images.starts[bin + 2]++;
          found.push_back({x, y, z, static_cast<int32_t>(i), bin, a - wrap[0], b - wrap[1], c - wrap[2]});
        }
      }
    }
  }
}

// Counts of bin b stand in starts[b + 2]; afterwards starts[b] is where bin b begins.
void sort_into_bins(Images& images) {
  const size_t count = images.found.size();
  auto& starts = images.starts;
  for (size_t b = 2; b < starts.size(); b++) starts[b] += starts[b - 1];
  if (images.x.size() < count) {
    for (auto* column : {&images.x, &images.y, &images.z}) column->resize(count + count / 8);
    images.atoms.resize(count + count / 8);
    images.shifts.resize(3 * (count + count / 8));
  }
  for (const auto& image : images.found) {
    const int32_t to = starts[image.bin + 1]++;
    images.x[to] = image.x;
    images.y[to] = image.y;
    images.z[to] = image.z;
    images.atoms[to] = image.atom;
    images.shifts[3 * to] = image.a;
    images.shifts[3 * to + 1] = image.b;
    images.shifts[3 * to + 2] = image.c;
  }
}

}  // namespace

int64_t collect_images(const double* positions, int64_t n, const Lattice& lattice, double cutoff, double bin_width,
                       double expected, Images& images) {
  const int64_t lost = wrap_atoms(positions, n, lattice, cutoff, images);
  if (lost >= 0) return lost;
  place_grid(images, cutoff, bin_width, expected);
  enumerate_images(images, n, lattice, cutoff, expected);
  sort_into_bins(images);
  return -1;
}

}  // namespace mdbench
