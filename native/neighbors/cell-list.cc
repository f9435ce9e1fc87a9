#include "cell-list.h"

#include <algorithm>
#include <cmath>

namespace mdbench {
namespace {

inline double gap(double coordinate, double low, double width) {
  return std::max(0.0, std::max(low - coordinate, coordinate - low - width));
}

struct Vector {
  double x, y, z;
};

// From the positions as they are, with the operations of brute force in their order.
inline Vector displacement(const double* ri, const double* rj, const double* cell, double a, double b, double c) {
  return {rj[0] - ri[0] + (a * cell[0] + b * cell[3] + c * cell[6]),
          rj[1] - ri[1] + (a * cell[1] + b * cell[4] + c * cell[7]),
          rj[2] - ri[2] + (a * cell[2] + b * cell[5] + c * cell[8])};
}

inline double squared_length(const Vector& v) { return v.x * v.x + v.y * v.y + v.z * v.z; }

inline bool points_up(const Vector& v) { return v.z > 0 || (v.z == 0 && (v.y > 0 || (v.y == 0 && v.x > 0))); }

}  // namespace

int64_t build_pairs(const double* positions, int64_t n, const Lattice& lattice, double cutoff, bool half,
                    double bin_width, double expected, int64_t limit, CellListWork& work, PairBuffers out) {
  Images& images = work.images;
  const int64_t lost = collect_images(positions, n, lattice, cutoff, bin_width, expected, images);
  if (lost >= 0) return -1 - lost;
  const double slack = images.slack;
  const double reach = cutoff + slack;
  const double below = half ? slack : reach;
  const double outer = reach * reach;
  const double inner = cutoff > slack ? (cutoff - slack) * (cutoff - slack) : 0;
  const double squared = cutoff * cutoff;
  const double* xs = images.x.data();
  const double* ys = images.y.data();
  const double* zs = images.z.data();
  const int32_t* starts = images.starts.data();
  const int32_t nx = images.bins[0], ny = images.bins[1], nz = images.bins[2];
  const double* width = images.width;
  auto& hits = work.hits;
  int64_t count = 0;
  out.first[0] = 0;
  for (int64_t i = 0; i < n; i++) {
    const double* w = &images.wrapped[3 * i];
    const int32_t* wrap = &images.wraps[3 * i];
    const double x = w[0], y = w[1], z = w[2];
    const double rx = x - images.corner[0], ry = y - images.corner[1], rz = z - images.corner[2];
    const int32_t x0 = std::max(0, static_cast<int32_t>((rx - reach) / width[0]));
    const int32_t y0 = std::max(0, static_cast<int32_t>((ry - reach) / width[1]));
    const int32_t z0 = std::max(0, static_cast<int32_t>((rz - below) / width[2]));
    const int32_t x1 = std::min(nx - 1, static_cast<int32_t>((rx + reach) / width[0]));
    const int32_t y1 = std::min(ny - 1, static_cast<int32_t>((ry + reach) / width[1]));
    const int32_t z1 = std::min(nz - 1, static_cast<int32_t>((rz + reach) / width[2]));
    size_t hit = 0;
    for (int32_t kz = z0; kz <= z1; kz++) {
      const double gap_z = gap(rz, kz * width[2], width[2]);
      for (int32_t ky = y0; ky <= y1; ky++) {
        const double gap_y = gap(ry, ky * width[1], width[1]);
        if (gap_y * gap_y + gap_z * gap_z > outer) continue;
        const int64_t row = (static_cast<int64_t>(kz) * ny + ky) * nx;
        const int32_t begin = starts[row + x0];
        const int32_t end = starts[row + x1 + 1];
        if (hits.size() < hit + (end - begin)) hits.resize(2 * (hit + (end - begin)));
        int32_t* to = hits.data();
        for (int32_t s = begin; s < end; s++) {
          const double dx = xs[s] - x, dy = ys[s] - y, dz = zs[s] - z;
          to[hit] = s;
          hit += dx * dx + dy * dy + dz * dz < outer;
        }
      }
    }
    for (size_t h = 0; h < hit; h++) {
      const int32_t s = hits[h];
      const double dx = xs[s] - x, dy = ys[s] - y, dz = zs[s] - z;
      const double distance = dx * dx + dy * dy + dz * dz;
      const int32_t j = images.atoms[s];
      const int32_t a = images.shifts[3 * s] + wrap[0];
      const int32_t b = images.shifts[3 * s + 1] + wrap[1];
      const int32_t c = images.shifts[3 * s + 2] + wrap[2];
      if (j == i && a == 0 && b == 0 && c == 0) continue;
      if (half && dz < -slack) continue;
      if (distance >= inner || (half && dz <= slack)) {
        const Vector exact = displacement(positions + 3 * i, positions + 3 * j, lattice.cell, a, b, c);
        const double length = squared_length(exact);
        if (length >= squared) continue;
        if (half && !(length == 0 ? j > i : points_up(exact))) continue;
      }
      if (count < out.capacity) {
        out.centers[count] = static_cast<int32_t>(i);
        out.neighbors[count] = j;
        out.shifts[3 * count] = a;
        out.shifts[3 * count + 1] = b;
        out.shifts[3 * count + 2] = c;
      }
      count++;
    }
    out.first[i + 1] = static_cast<int32_t>(count);
    if (count > limit) return count;
  }
  return count;
}

int64_t trim_pairs(const double* positions, int64_t n, const PairBuffers& skinned, const double* translations,
                   double cutoff, PairBuffers out) {
  const double squared = cutoff * cutoff;
  int64_t count = 0;
  out.first[0] = 0;
  for (int64_t i = 0; i < n; i++) {
    const double xi = positions[3 * i], yi = positions[3 * i + 1], zi = positions[3 * i + 2];
    for (int64_t p = skinned.first[i]; p < skinned.first[i + 1]; p++) {
      const int64_t j = skinned.neighbors[p];
      const double x = positions[3 * j] - xi + translations[3 * p];
      const double y = positions[3 * j + 1] - yi + translations[3 * p + 1];
      const double z = positions[3 * j + 2] - zi + translations[3 * p + 2];
      out.centers[count] = static_cast<int32_t>(i);
      out.neighbors[count] = static_cast<int32_t>(j);
      out.shifts[3 * count] = skinned.shifts[3 * p];
      out.shifts[3 * count + 1] = skinned.shifts[3 * p + 1];
      out.shifts[3 * count + 2] = skinned.shifts[3 * p + 2];
      count += x * x + y * y + z * z < squared;
    }
    out.first[i + 1] = static_cast<int32_t>(count);
  }
  return count;
}

}  // namespace mdbench
