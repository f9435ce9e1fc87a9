// What NVML tells of the devices and of one process on them; libnvidia-ml by dlopen.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { NVML_MOST_DEVICES = 16 };

typedef struct {
  char name[96];
  char uuid[96];
} NvmlDevice;

// 0, or NVML's code, or -1 where there is no library; `message` says which.
int nvml_open(char* message, int size);
int nvml_devices(NvmlDevice* devices, int most);

// Of device k, NaN where the driver does not tell: 0 memory used (bytes), 1 total, 2 memory of the processes `pids` (bytes),
// 3 SM clock, 4 memory clock (MHz), 5 throttle reasons (bits), 6 power (W), 7 energy since boot (J), 8 temperature (°C), 9 utilization (%).
enum { NVML_VALUES = 10 };
void nvml_sample(int device, const uint32_t* pids, int count, double* values);

#ifdef __cplusplus
}
#endif
