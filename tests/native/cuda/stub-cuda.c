// A stand-in for libcuda.so.1: injection inside cuInit, as the driver does it, and calls that a stub libcupti hears of.
// A CUfunction is the mangled name of its kernel, a CUgraphExec the number of its kernels; memory is the host's.

// MDBENCH_STUB_INIT_MS: how long cuInit goes on after the injection.

#include <dlfcn.h>
#include <unistd.h>

#include "stub.h"

STUB_EXPORT StubListener mdbench_stub_listener;
STUB_EXPORT int mdbench_stub_initialized;

static __thread int injecting;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void inject(void) {
  const char* path = getenv("CUDA_INJECTION64_PATH");
  if (!path || !*path) return;
  void* library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  int (*initialize)(void) = (int (*)(void))dlsym(library, "InitializeInjection");
  injecting = 1;
  if (initialize) initialize();
  injecting = 0;
  usleep((unsigned)stub_setting("MDBENCH_STUB_INIT_MS", 0) * 1000);
}

STUB_EXPORT int cuInit(unsigned flags) {
  (void)flags;
  if (!injecting) pthread_once(&once, inject);
  if (!injecting) __atomic_store_n(&mdbench_stub_initialized, 1, __ATOMIC_RELEASE);
  return stub_failure("cuInit");
}

STUB_EXPORT int cuDriverGetVersion(int* version) {
  *version = (int)stub_setting("MDBENCH_STUB_DRIVER", 13050);
  return stub_failure("cuDriverGetVersion");
}

// Until cuInit is through, inside of the injection too, the driver says 3: not initialized.
STUB_EXPORT int cuDeviceGetCount(int* count) {
  if (!__atomic_load_n(&mdbench_stub_initialized, __ATOMIC_ACQUIRE)) return 3;
  *count = (int)stub_setting("MDBENCH_STUB_DEVICES", 1);
  return stub_failure("cuDeviceGetCount");
}

STUB_EXPORT int cuGetErrorString(int code, const char** text) {
  static __thread char said[40];
  snprintf(said, sizeof said, "stub CUDA error %d", code);
  *text = said;
  return 0;
}

STUB_EXPORT int cuGetErrorName(int code, const char** text) { return cuGetErrorString(code, text); }

static int tell(StubCall call) {
  StubListener listener = __atomic_load_n(&mdbench_stub_listener, __ATOMIC_ACQUIRE);
  if (listener) listener(&call);
  return 0;
}

// Numbers of the calls and of the kinds of memory and copies as in NVIDIA's headers; abi.c asserts them.
STUB_EXPORT int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                               unsigned shared, void* stream, void** parameters, void** extra) {
  (void)parameters, (void)extra;
  const int runtime = stub_setting("MDBENCH_STUB_RUNTIME", 0) != 0;
  return tell((StubCall){STUB_KERNEL, runtime ? STUB_RUNTIME : STUB_DRIVER, runtime ? 211 : 307, 1, {gx, gy, gz}, {bx, by, bz},
                         shared, (uint32_t)(uintptr_t)stream, 0, function, 0, 0, 0, 0});
}

STUB_EXPORT int cuGraphLaunch(void* graph, void* stream) {
  return tell((StubCall){STUB_KERNEL, STUB_DRIVER, 514, (int)(uintptr_t)graph, {1, 1, 1}, {64, 1, 1}, 0,
                         (uint32_t)(uintptr_t)stream, 77, "_ZN5graph4nodeEv", 0, 0, 0, 0});
}

static int copy(int cbid, int kind, int source, int target, uint64_t bytes) {
  return tell((StubCall){STUB_COPY, STUB_DRIVER, cbid, 1, {0}, {0}, 0, 7, 0, NULL, bytes, kind, source, target});
}

STUB_EXPORT int cuMemcpyHtoD_v2(uint64_t to, const void* from, size_t bytes) {
  (void)to, (void)from;
  return copy(276, 1, 1, 3, bytes);
}

STUB_EXPORT int cuMemcpyDtoH_v2(void* to, uint64_t from, size_t bytes) {
  (void)to, (void)from;
  return copy(278, 2, 3, 2, bytes);
}

STUB_EXPORT int cuMemcpyDtoD_v2(uint64_t to, uint64_t from, size_t bytes) {
  (void)to, (void)from;
  return copy(280, 8, 3, 3, bytes);
}

STUB_EXPORT int cuMemcpyPeer(uint64_t to, void* there, uint64_t from, void* here, size_t bytes) {
  (void)to, (void)there, (void)from, (void)here;
  return tell((StubCall){STUB_PEER, STUB_DRIVER, 318, 1, {0}, {0}, 0, 7, 0, NULL, bytes, 10, 3, 3});
}

STUB_EXPORT int cuMemsetD8_v2(uint64_t to, unsigned char value, size_t bytes) {
  (void)to, (void)value;
  return tell((StubCall){STUB_SET, STUB_DRIVER, 249, 1, {0}, {0}, 0, 7, 0, NULL, bytes, 0, 3, 0});
}

STUB_EXPORT int cuCtxSynchronize(void) {
  return tell((StubCall){STUB_SYNCHRONIZE, STUB_DRIVER, 17, 0, {0}, {0}, 0, 0, 0, NULL, 0, 0, 0, 0});
}
