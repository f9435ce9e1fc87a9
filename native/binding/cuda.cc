// The CUDA hook and NVML for Node.

#include "binding/binding.h"

void add_cuda(Napi::Env, Napi::Object) {}
