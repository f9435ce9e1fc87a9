// Sockets for Node: one call reads or writes a whole message, without the event loop in between.

#include "socket/socket.h"

#include "binding/binding.h"

namespace {

int32_t number_of(const Napi::Value& value) { return value.As<Napi::Number>().Int32Value(); }

Napi::Value receive(const Napi::CallbackInfo& info) {
  uint8_t* bytes = data_of<uint8_t>(info[1]) + number_of(info[2]);
  const int64_t count =
      mdbench::receive(number_of(info[0]), bytes, size_t(number_of(info[3])), size_t(number_of(info[4])), number_of(info[5]));
  return Napi::Number::New(info.Env(), double(count));
}

Napi::Value transmit(const Napi::CallbackInfo& info) {
  const uint8_t* bytes = data_of<uint8_t>(info[1]) + number_of(info[2]);
  const int64_t count = mdbench::transmit(number_of(info[0]), bytes, size_t(number_of(info[3])), number_of(info[4]));
  return Napi::Number::New(info.Env(), double(count));
}

Napi::Value peer_process(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), double(mdbench::peer_process(number_of(info[0]))));
}

}  // namespace

void add_socket(Napi::Env env, Napi::Object exports) {
  exports.Set("receive", Napi::Function::New<receive>(env, "receive"));
  exports.Set("transmit", Napi::Function::New<transmit>(env, "transmit"));
  exports.Set("peerProcess", Napi::Function::New<peer_process>(env, "peerProcess"));
}
