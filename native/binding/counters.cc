// Counters of the kernel for Node: filled into arrays that the caller owns.

#include "counters/counters.h"

#include "binding/binding.h"

namespace {

void open_counters(const Napi::CallbackInfo& info) { mdbench::open_counters(data_of<int32_t>(info[0])); }
void read_counters(const Napi::CallbackInfo& info) { mdbench::read_counters(data_of<double>(info[0])); }
void close_counters(const Napi::CallbackInfo&) { mdbench::close_counters(); }
void thread_usage(const Napi::CallbackInfo& info) { mdbench::thread_usage(data_of<double>(info[0])); }

}  // namespace

void add_counters(Napi::Env env, Napi::Object exports) {
  exports.Set("openCounters", Napi::Function::New<open_counters>(env, "openCounters"));
  exports.Set("readCounters", Napi::Function::New<read_counters>(env, "readCounters"));
  exports.Set("closeCounters", Napi::Function::New<close_counters>(env, "closeCounters"));
  exports.Set("threadUsage", Napi::Function::New<thread_usage>(env, "threadUsage"));
}
