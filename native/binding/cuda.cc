// The CUDA hook and NVML for Node. Without the hook (another system, no C compiler) everything declines.

#include <cxxabi.h>

#include <cstdlib>
#include <string>

#include "binding/binding.h"
#include "cuda/hook.h"
#include "cuda/nvml.h"

namespace {

#ifdef MDBENCH_HOOK

Napi::Value state_of(Napi::Env env, const HookState& state) {
  Napi::Array parts = Napi::Array::New(env, 3);
  parts.Set(0u, state.stage);
  parts.Set(1u, state.code);
  parts.Set(2u, std::string(state.message));
  return parts;
}

Napi::Value hook_probe(const Napi::CallbackInfo& info) {
  HookState state;
  ::hook_probe(&state);
  return state_of(info.Env(), state);
}

Napi::Value hook_start(const Napi::CallbackInfo& info) {
  HookState state;
  ::hook_start(info[0].As<Napi::String>().Utf8Value().c_str(), info[1].As<Napi::Number>().Int32Value(), &state);
  return state_of(info.Env(), state);
}

void hook_push_step(const Napi::CallbackInfo& info) {
  ::hook_push_step(static_cast<uint64_t>(info[0].As<Napi::Number>().Int64Value()));
}

void hook_pop_step(const Napi::CallbackInfo&) { ::hook_pop_step(); }
void hook_flush(const Napi::CallbackInfo& info) { ::hook_flush(info[0].As<Napi::Boolean>().Value()); }
void hook_stop(const Napi::CallbackInfo&) { ::hook_stop(); }

Napi::Value nvml_open(const Napi::CallbackInfo& info) {
  char message[256] = "";
  const int code = ::nvml_open(message, sizeof message);
  Napi::Array parts = Napi::Array::New(info.Env(), 2);
  parts.Set(0u, code);
  parts.Set(1u, std::string(message));
  return parts;
}

Napi::Value nvml_devices(const Napi::CallbackInfo& info) {
  NvmlDevice devices[NVML_MOST_DEVICES];
  const int count = ::nvml_devices(devices, NVML_MOST_DEVICES);
  Napi::Array listed = Napi::Array::New(info.Env(), static_cast<size_t>(count));
  for (int k = 0; k < count; k++) {
    Napi::Object device = Napi::Object::New(info.Env());
    device.Set("name", std::string(devices[k].name));
    device.Set("uuid", std::string(devices[k].uuid));
    listed.Set(static_cast<uint32_t>(k), device);
  }
  return listed;
}

// nvmlSample(device, pids, values)
void nvml_sample(const Napi::CallbackInfo& info) {
  auto pids = info[1].As<Napi::Uint32Array>();
  ::nvml_sample(info[0].As<Napi::Number>().Int32Value(), pids.Data(), static_cast<int>(pids.ElementLength()),
              data_of<double>(info[2]));
}

#else

constexpr const char* reason = "the hook is built on Linux, with a C compiler";

Napi::Value declined(const Napi::CallbackInfo& info) {
  Napi::Array parts = Napi::Array::New(info.Env(), 3);
  parts.Set(0u, static_cast<int>(HOOK_NO_HOOK));
  parts.Set(1u, 0);
  parts.Set(2u, reason);
  return parts;
}

Napi::Value hook_probe(const Napi::CallbackInfo& info) { return declined(info); }
Napi::Value hook_start(const Napi::CallbackInfo& info) { return declined(info); }
void hook_push_step(const Napi::CallbackInfo&) {}
void hook_pop_step(const Napi::CallbackInfo&) {}
void hook_flush(const Napi::CallbackInfo&) {}
void hook_stop(const Napi::CallbackInfo&) {}

Napi::Value nvml_open(const Napi::CallbackInfo& info) {
  Napi::Array parts = Napi::Array::New(info.Env(), 2);
  parts.Set(0u, -1);
  parts.Set(1u, reason);
  return parts;
}

Napi::Value nvml_devices(const Napi::CallbackInfo& info) { return Napi::Array::New(info.Env()); }
void nvml_sample(const Napi::CallbackInfo&) {}

#endif

Napi::Value demangle(const Napi::CallbackInfo& info) {
  const std::string name = info[0].As<Napi::String>().Utf8Value();
  int status = 0;
  char* readable = name.rfind("_Z", 0) == 0 ? abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status) : nullptr;
  const Napi::Value text = Napi::String::New(info.Env(), readable && status == 0 ? readable : name.c_str());
  std::free(readable);
  return text;
}

}  // namespace

void add_cuda(Napi::Env env, Napi::Object exports) {
  exports.Set("hookProbe", Napi::Function::New<hook_probe>(env, "hookProbe"));
  exports.Set("hookStart", Napi::Function::New<hook_start>(env, "hookStart"));
  exports.Set("hookPushStep", Napi::Function::New<hook_push_step>(env, "hookPushStep"));
  exports.Set("hookPopStep", Napi::Function::New<hook_pop_step>(env, "hookPopStep"));
  exports.Set("hookFlush", Napi::Function::New<hook_flush>(env, "hookFlush"));
  exports.Set("hookStop", Napi::Function::New<hook_stop>(env, "hookStop"));
  exports.Set("demangle", Napi::Function::New<demangle>(env, "demangle"));
  exports.Set("nvmlOpen", Napi::Function::New<nvml_open>(env, "nvmlOpen"));
  exports.Set("nvmlDevices", Napi::Function::New<nvml_devices>(env, "nvmlDevices"));
  exports.Set("nvmlSample", Napi::Function::New<nvml_sample>(env, "nvmlSample"));
}
