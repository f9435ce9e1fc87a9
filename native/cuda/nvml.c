// NVML by dlopen, versioned symbols only: a driver that lacks one of them tells less, never something else.

#include "nvml.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CLOCK_SM = 1, CLOCK_MEMORY = 2, TEMPERATURE_GPU = 0, MOST_PROCESSES = 256 };

typedef struct {
  unsigned long long total, free, used;
} Memory;

// nvmlProcessInfo_v2_t; _v3 changed in place and is not used.
typedef struct {
  unsigned pid;
  unsigned long long used;
  unsigned instance, compute;
} Process;

typedef struct {
  unsigned gpu, memory;
} Utilization;

static struct {
  int (*init)(void);
  const char* (*error)(int);
  int (*count)(unsigned*);
  int (*by_index)(unsigned, void**);
  int (*name)(void*, char*, unsigned);
  int (*uuid)(void*, char*, unsigned);
  int (*memory)(void*, Memory*);
  int (*compute)(void*, unsigned*, Process*);
  int (*graphics)(void*, unsigned*, Process*);
  int (*clock)(void*, int, unsigned*);
  int (*reasons)(void*, unsigned long long*);
  int (*power)(void*, unsigned*);
  int (*energy)(void*, unsigned long long*);
  int (*temperature)(void*, int, unsigned*);
  int (*utilization)(void*, Utilization*);
} nvml;

static void* devices[NVML_MOST_DEVICES];
static int device_count;

static void take(void* library, const char* name, void* field) {
  void* address = dlsym(library, name);
  memcpy(field, &address, sizeof address);
}

static void take_functions(void* library) {
  take(library, "nvmlInit_v2", &nvml.init);
  take(library, "nvmlErrorString", &nvml.error);
  take(library, "nvmlDeviceGetCount_v2", &nvml.count);
  take(library, "nvmlDeviceGetHandleByIndex_v2", &nvml.by_index);
  take(library, "nvmlDeviceGetName", &nvml.name);
  take(library, "nvmlDeviceGetUUID", &nvml.uuid);
  take(library, "nvmlDeviceGetMemoryInfo", &nvml.memory);
  take(library, "nvmlDeviceGetComputeRunningProcesses_v2", &nvml.compute);
  take(library, "nvmlDeviceGetGraphicsRunningProcesses_v2", &nvml.graphics);
  take(library, "nvmlDeviceGetClockInfo", &nvml.clock);
  take(library, "nvmlDeviceGetCurrentClocksEventReasons", &nvml.reasons);
  if (nvml.reasons == NULL) take(library, "nvmlDeviceGetCurrentClocksThrottleReasons", &nvml.reasons);
  take(library, "nvmlDeviceGetPowerUsage", &nvml.power);
  take(library, "nvmlDeviceGetTotalEnergyConsumption", &nvml.energy);
  take(library, "nvmlDeviceGetTemperature", &nvml.temperature);
  take(library, "nvmlDeviceGetUtilizationRates", &nvml.utilization);
}

int nvml_open(char* message, int size) {
  void* library = dlopen("libnvidia-ml.so.1", RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char* reason = dlerror();
    snprintf(message, (size_t)size, "%s", reason ? reason : "libnvidia-ml.so.1 does not load");
    return -1;
  }
  take_functions(library);
  if (nvml.init == NULL || nvml.count == NULL || nvml.by_index == NULL) {
    snprintf(message, (size_t)size, "libnvidia-ml.so.1 lacks a function that is needed");
    return -1;
  }
  unsigned count = 0;
  int code = nvml.init();
  if (code == 0) code = nvml.count(&count);
  if (code != 0) {
    snprintf(message, (size_t)size, "%s", nvml.error ? nvml.error(code) : "NVML does not start");
    return code;
  }
  device_count = 0;
  for (unsigned k = 0; k < count && device_count < NVML_MOST_DEVICES; k++)
    if (nvml.by_index(k, &devices[device_count]) == 0) device_count++;
  message[0] = '\0';
  return 0;
}

int nvml_devices(NvmlDevice* found, int most) {
  int count = device_count < most ? device_count : most;
  for (int k = 0; k < count; k++) {
    memset(&found[k], 0, sizeof found[k]);
    if (nvml.name) nvml.name(devices[k], found[k].name, sizeof found[k].name);
    if (nvml.uuid) nvml.uuid(devices[k], found[k].uuid, sizeof found[k].uuid);
  }
  return count;
}

static int is_one_of(unsigned pid, const uint32_t* pids, int count) {
  for (int k = 0; k < count; k++)
    if (pids[k] == pid) return 1;
  return 0;
}

// bytes of the processes in one list; NaN where none of them is listed, or one is and the driver does not tell.
static double memory_in(int (*list)(void*, unsigned*, Process*), void* device, const uint32_t* pids, int count) {
  Process processes[MOST_PROCESSES];
  unsigned listed = MOST_PROCESSES;
  double sum = NAN;
  if (list == NULL || list(device, &listed, processes) != 0) return NAN;
  for (unsigned k = 0; k < listed; k++) {
    if (!is_one_of(processes[k].pid, pids, count)) continue;
    if (processes[k].used == ~0ull) return NAN;
    sum = (isnan(sum) ? 0 : sum) + (double)processes[k].used;
  }
  return sum;
}

static double clock_of(void* device, int kind) {
  unsigned megahertz;
  return nvml.clock && nvml.clock(device, kind, &megahertz) == 0 ? megahertz : NAN;
}

void nvml_sample(int index, const uint32_t* pids, int count, double* values) {
  for (int k = 0; k < NVML_VALUES; k++) values[k] = NAN;
  if (index < 0 || index >= device_count) return;
  void* device = devices[index];
  Memory memory;
  unsigned long long reasons, millijoules;
  unsigned milliwatts, degrees;
  Utilization utilization;
  if (nvml.memory && nvml.memory(device, &memory) == 0) {
    values[0] = (double)memory.used;
    values[1] = (double)memory.total;
  }
  const double compute = memory_in(nvml.compute, device, pids, count);
  const double graphics = memory_in(nvml.graphics, device, pids, count);
  values[2] = isnan(compute) ? graphics : compute + (isnan(graphics) ? 0 : graphics);
  values[3] = clock_of(device, CLOCK_SM);
  values[4] = clock_of(device, CLOCK_MEMORY);
  if (nvml.reasons && nvml.reasons(device, &reasons) == 0) values[5] = (double)reasons;
  if (nvml.power && nvml.power(device, &milliwatts) == 0) values[6] = milliwatts / 1000.0;
  if (nvml.energy && nvml.energy(device, &millijoules) == 0) values[7] = (double)millijoules / 1000.0;
  if (nvml.temperature && nvml.temperature(device, TEMPERATURE_GPU, &degrees) == 0) values[8] = degrees;
  if (nvml.utilization && nvml.utilization(device, &utilization) == 0) values[9] = utilization.gpu;
}
