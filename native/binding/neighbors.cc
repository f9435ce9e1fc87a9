// Neighbor lists for Node: typed arrays in, numbers out.

#include "neighbors/cell-list.h"

#include "binding/binding.h"

namespace {

mdbench::PairBuffers buffers_of(const Napi::CallbackInfo& info, size_t at) {
  auto centers = info[at].As<Napi::TypedArrayOf<int32_t>>();
  return {static_cast<int64_t>(centers.ElementLength()), centers.Data(), data_of<int32_t>(info[at + 1]),
          data_of<int32_t>(info[at + 2]), data_of<int32_t>(info[at + 3])};
}

// buildPairs(positions, frame, settings, centers, neighbors, shifts, first): count, or -1 - atom.
// frame: cell (9), vectors (9), inverse (9), heights (3). settings: cutoff, bin width, expected images, limit of
// pairs, skewness, periodic directions as bits, half.
Napi::Value build_pairs(const Napi::CallbackInfo& info) {
  auto positions = info[0].As<Napi::TypedArrayOf<double>>();
  const double* frame = data_of<double>(info[1]);
  const double* settings = data_of<double>(info[2]);
  const int periodic = static_cast<int>(settings[5]);
  const mdbench::Lattice lattice = {
      frame, frame + 9, frame + 18, frame + 27, settings[4], {(periodic & 1) != 0, (periodic & 2) != 0, (periodic & 4) != 0}};
  auto* work = info.Env().GetInstanceData<mdbench::CellListWork>();
  const int64_t count =
      mdbench::build_pairs(positions.Data(), static_cast<int64_t>(positions.ElementLength() / 3), lattice, settings[0],
                           settings[6] != 0, settings[1], settings[2], static_cast<int64_t>(settings[3]), *work,
                           buffers_of(info, 3));
  return Napi::Number::New(info.Env(), static_cast<double>(count));
}

// trimPairs(positions, translations, cutoff, skinned: centers, neighbors, shifts, first, out: the same four): count.
Napi::Value trim_pairs(const Napi::CallbackInfo& info) {
  auto positions = info[0].As<Napi::TypedArrayOf<double>>();
  const int64_t count = mdbench::trim_pairs(positions.Data(), static_cast<int64_t>(positions.ElementLength() / 3),
                                            buffers_of(info, 3), data_of<double>(info[1]),
                                            info[2].As<Napi::Number>().DoubleValue(), buffers_of(info, 7));
  return Napi::Number::New(info.Env(), static_cast<double>(count));
}

}  // namespace

void add_neighbors(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(new mdbench::CellListWork());
  exports.Set("buildPairs", Napi::Function::New<build_pairs>(env, "buildPairs"));
  exports.Set("trimPairs", Napi::Function::New<trim_pairs>(env, "trimPairs"));
}
