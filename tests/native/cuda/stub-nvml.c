// A stand-in for libnvidia-ml.so.1 with two devices; MDBENCH_STUB_FAIL as in stub.h. Device 1 can do less than device 0.

#include "stub.h"

#define ENTER(name)                         \
  do {                                      \
    const int failure = stub_failure(name); \
    if (failure) return failure;            \
  } while (0)

typedef struct {
  uint64_t total, free, used;
} Memory;

// 24 bytes in every driver; that of _v3 has changed in place.
typedef struct {
  uint32_t pid;
  uint64_t used;
  uint32_t gpu_instance, compute_instance;
} Process;

typedef struct {
  uint32_t gpu, memory;
} Utilization;

static int devices[2] = {0, 1};
static const char* uuids[2] = {"GPU-11111111-2222-3333-4444-555555555555", "GPU-aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"};
enum { NOT_SUPPORTED = 3, NOT_FOUND = 6, INSUFFICIENT_SIZE = 7 };

STUB_EXPORT int nvmlInit_v2(void) {
  ENTER("nvmlInit_v2");
  return 0;
}

STUB_EXPORT int nvmlShutdown(void) { return 0; }

STUB_EXPORT const char* nvmlErrorString(int code) {
  static char said[40];
  snprintf(said, sizeof said, "stub NVML error %d", code);
  return said;
}

STUB_EXPORT int nvmlDeviceGetCount_v2(unsigned* count) {
  ENTER("nvmlDeviceGetCount_v2");
  *count = 2;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetHandleByIndex_v2(unsigned index, int** device) {
  ENTER("nvmlDeviceGetHandleByIndex_v2");
  if (index > 1) return NOT_FOUND;
  *device = &devices[index];
  return 0;
}

STUB_EXPORT int nvmlDeviceGetHandleByUUID(const char* uuid, int** device) {
  for (int k = 0; k < 2; k++)
    if (!strcmp(uuid, uuids[k])) return nvmlDeviceGetHandleByIndex_v2((unsigned)k, device);
  return NOT_FOUND;
}

static int answer(char* text, unsigned size, const char* value) {
  if (size <= strlen(value)) return INSUFFICIENT_SIZE;
  strcpy(text, value);
  return 0;
}

STUB_EXPORT int nvmlDeviceGetName(int* device, char* name, unsigned size) {
  ENTER("nvmlDeviceGetName");
  return answer(name, size, *device == 0 ? "Stub Device A" : "Stub Device B");
}

STUB_EXPORT int nvmlDeviceGetUUID(int* device, char* uuid, unsigned size) { return answer(uuid, size, uuids[*device]); }

STUB_EXPORT int nvmlDeviceGetMemoryInfo(int* device, Memory* memory) {
  ENTER("nvmlDeviceGetMemoryInfo");
  const uint64_t total = (uint64_t)(*device + 1) << 33;
  *memory = (Memory){total, total - 3000000000u, 3000000000u};
  return 0;
}

STUB_EXPORT int nvmlDeviceGetComputeRunningProcesses_v2(int* device, unsigned* count, Process* processes) {
  ENTER("nvmlDeviceGetComputeRunningProcesses_v2");
  const unsigned room = *count;
  *count = 3;
  if (room < 3) return INSUFFICIENT_SIZE;
  for (unsigned k = 0; k < 3; k++) processes[k] = (Process){1000 + k, (uint64_t)(k + 1) * 100000000u, ~0u, ~0u};
  if (*device == 1) processes[0].used = ~(uint64_t)0;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetComputeRunningProcesses_v3(void) {
  stub_misuse("the record of nvmlDeviceGetComputeRunningProcesses_v3 depends on the driver");
  return 0;
}

STUB_EXPORT int nvmlDeviceGetClockInfo(int* device, int type, unsigned* clock) {
  ENTER("nvmlDeviceGetClockInfo");
  const unsigned clocks[] = {1111, 1410, 1593, 1222};
  if (*device == 1) return NOT_SUPPORTED;
  *clock = clocks[type];
  return 0;
}

STUB_EXPORT int nvmlDeviceGetCurrentClocksEventReasons(int* device, uint64_t* reasons) {
  ENTER("nvmlDeviceGetCurrentClocksEventReasons");
  *reasons = *device == 0 ? 0x44 : 0;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetCurrentClocksThrottleReasons(int* device, uint64_t* reasons) {
  ENTER("nvmlDeviceGetCurrentClocksThrottleReasons");
  *reasons = *device == 0 ? 0x48 : 0;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetPowerUsage(int* device, unsigned* milliwatts) {
  ENTER("nvmlDeviceGetPowerUsage");
  *milliwatts = 123456 + (unsigned)*device;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetTotalEnergyConsumption(int* device, uint64_t* millijoules) {
  ENTER("nvmlDeviceGetTotalEnergyConsumption");
  *millijoules = 9876543210u + (uint64_t)*device;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetTemperature(int* device, int sensor, unsigned* celsius) {
  ENTER("nvmlDeviceGetTemperature");
  if (sensor != 0) return 2;
  *celsius = 55 + (unsigned)*device;
  return 0;
}

STUB_EXPORT int nvmlDeviceGetUtilizationRates(int* device, Utilization* rates) {
  ENTER("nvmlDeviceGetUtilizationRates");
  *rates = (Utilization){87 + (uint32_t)*device, 45};
  return 0;
}
