// The folder that knows Node; nothing outside of it includes <napi.h>. Arguments are checked in TypeScript, nothing is here.
#pragma once

#include <napi.h>

template <typename T>
T* data_of(const Napi::Value& value) {
  return value.As<Napi::TypedArrayOf<T>>().Data();
}

void add_neighbors(Napi::Env env, Napi::Object exports);
void add_cuda(Napi::Env env, Napi::Object exports);
void add_counters(Napi::Env env, Napi::Object exports);
void add_socket(Napi::Env env, Napi::Object exports);
