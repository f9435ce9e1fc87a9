// What the addon exports, one file a subject.

#include "binding/binding.h"

namespace {

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("version", Napi::Number::New(env, 4));
  add_neighbors(env, exports);
  add_cuda(env, exports);
  add_counters(env, exports);
  add_socket(env, exports);
  return exports;
}

}  // namespace

NODE_API_MODULE(mdbench, initialize)
