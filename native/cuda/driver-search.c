// The driver: present in the kernel, its library loaded, initialized, with a device.

#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "driver-search.h"

void hook_state(HookState* state, int stage, int code, const char* format, ...) {
  va_list arguments;
  state->stage = stage;
  state->code = code;
  va_start(arguments, format);
  vsnprintf(state->message, sizeof state->message, format, arguments);
  va_end(arguments);
}

int driver_present(void) {
  const char* probe = getenv("MDBENCH_DRIVER_PROBE");
  if (probe != NULL) return access(probe, F_OK) == 0;
  return access("/proc/driver/nvidia/version", F_OK) == 0 || access("/dev/dxg", F_OK) == 0;
}

static const char* text_of(int (*error_string)(int, const char**), int code) {
  const char* text = NULL;
  if (error_string == NULL || error_string(code, &text) != 0 || text == NULL) return "no text for it";
  return text;
}

static int initialize(void* library, int (*count)(int*), HookState* state) {
  int (*init)(unsigned) = (int (*)(unsigned))dlsym(library, "cuInit");
  int (*text)(int, const char**) = (int (*)(int, const char**))dlsym(library, "cuGetErrorString");
  if (init == NULL || count == NULL) {
    hook_state(state, HOOK_DRIVER_LIBRARY, 0, "libcuda.so.1 has no cuInit or cuDeviceGetCount");
    return 0;
  }
  int code = init(0);
  if (code == ABI_CUDA_NO_DEVICE) {
    hook_state(state, HOOK_NO_DEVICE, code, "cuInit: %s", text_of(text, code));
    return 0;
  }
  if (code != 0) {
    const int stage = code == ABI_CUDA_DRIVER_MISMATCH ? HOOK_DRIVER_TOO_OLD : HOOK_DRIVER_INIT;
    hook_state(state, stage, code, "cuInit: %s", text_of(text, code));
    return 0;
  }
  int devices = 0;
  code = count(&devices);
  if (code != 0 || devices == 0) {
    hook_state(state, HOOK_NO_DEVICE, code, "cuDeviceGetCount: %d devices", devices);
    return 0;
  }
  return 1;
}

int find_driver(Libraries* found, int in_driver, HookState* state) {
  if (!driver_present()) {
    hook_state(state, HOOK_DRIVER_LIBRARY, 0, "no NVIDIA driver is loaded in the kernel");
    return 0;
  }
  void* library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char* reason = dlerror();
    hook_state(state, HOOK_DRIVER_LIBRARY, 0, "%s", reason ? reason : "libcuda.so.1 does not load");
    return 0;
  }
  found->device_count = (int (*)(int*))dlsym(library, "cuDeviceGetCount");
  if (!in_driver && !initialize(library, found->device_count, state)) return 0;
  int (*get_version)(int*) = (int (*)(int*))dlsym(library, "cuDriverGetVersion");
  int version = 0;
  if (get_version != NULL && get_version(&version) == 0) found->driver_version = (uint32_t)version;
  return 1;
}
