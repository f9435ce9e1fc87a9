// What is needed of CUPTI's and the driver's binary interface, without their headers: CUDA 11.0 to 13.5.
// Every number is asserted against the headers of several versions by the tests.
#pragma once

#include <stddef.h>
#include <stdint.h>

// CUpti_ActivityKind
enum {
  ABI_MEMCPY = 1,
  ABI_MEMSET = 2,
  ABI_DRIVER = 4,
  ABI_RUNTIME = 5,
  ABI_CONCURRENT_KERNEL = 10,
  ABI_MEMCPY2 = 22,
  ABI_EXTERNAL_CORRELATION = 39
};

// CUpti_ExternalCorrelationKind: ours is CUSTOM2, which neither ONNX Runtime nor Kineto uses.
enum { ABI_EXTERNAL_OURS = 5 };

// CUptiResult and CUresult
enum {
  ABI_CUPTI_MAX_LIMIT_REACHED = 12,
  ABI_CUPTI_INSUFFICIENT_PRIVILEGES = 35,
  ABI_CUPTI_MULTIPLE_SUBSCRIBERS = 39,
  ABI_CUDA_NO_DEVICE = 100,
  ABI_CUDA_DRIVER_MISMATCH = 803
};

// CUpti_ActivityThreadIdType: the number that the kernel gives to a thread.
enum { ABI_THREAD_ID_SYSTEM = 1 };

// CUpti_ActivityKernel3 … 13: the same prefix; the graph since API versions 13 (node) and 15 (graph).
enum {
  ABI_KERNEL_REGISTERS = 6,
  ABI_KERNEL_START = 16,
  ABI_KERNEL_END = 24,
  ABI_KERNEL_DEVICE = 40,
  ABI_KERNEL_CONTEXT = 44,
  ABI_KERNEL_STREAM = 48,
  ABI_KERNEL_GRID = 52,
  ABI_KERNEL_BLOCK = 64,
  ABI_KERNEL_STATIC_SHARED = 76,
  ABI_KERNEL_DYNAMIC_SHARED = 80,
  ABI_KERNEL_CORRELATION = 92,
  ABI_KERNEL_NAME = 104,
  ABI_KERNEL_GRAPH_NODE = 144,
  ABI_KERNEL_GRAPH = 156,
  ABI_VERSION_GRAPH_NODE = 13,
  ABI_VERSION_GRAPH = 15
};

// CUpti_ActivityMemcpy … 6 and MemcpyPtoP … 4 (kind MEMCPY2): the same but for the correlation.
enum {
  ABI_MEMCPY_COPY_KIND = 4,
  ABI_MEMCPY_SOURCE_KIND = 5,
  ABI_MEMCPY_TARGET_KIND = 6,
  ABI_MEMCPY_BYTES = 8,
  ABI_MEMCPY_START = 16,
  ABI_MEMCPY_END = 24,
  ABI_MEMCPY_DEVICE = 32,
  ABI_MEMCPY_CONTEXT = 36,
  ABI_MEMCPY_STREAM = 40,
  ABI_MEMCPY_CORRELATION = 44,
  ABI_MEMCPY2_CORRELATION = 60
};

// CUpti_ActivityMemset … 4
enum {
  ABI_MEMSET_BYTES = 8,
  ABI_MEMSET_START = 16,
  ABI_MEMSET_END = 24,
  ABI_MEMSET_DEVICE = 32,
  ABI_MEMSET_CONTEXT = 36,
  ABI_MEMSET_STREAM = 40,
  ABI_MEMSET_CORRELATION = 44
};

// CUpti_ActivityAPI
enum {
  ABI_API_FUNCTION = 4,
  ABI_API_START = 8,
  ABI_API_END = 16,
  ABI_API_THREAD = 28,
  ABI_API_CORRELATION = 32
};

// CUpti_ActivityExternalCorrelation
enum { ABI_EXTERNAL_KIND = 4, ABI_EXTERNAL_ID = 8, ABI_EXTERNAL_CORRELATION_ID = 16 };

typedef void (*CuptiRequested)(uint8_t** buffer, size_t* size, size_t* records);
typedef void (*CuptiCompleted)(void* context, uint32_t stream, uint8_t* buffer, size_t size, size_t valid);
typedef void (*CuptiCallback)(void* data, int domain, uint32_t function, const void* about);

// Functions of libcupti; those behind `flush_all` and `next_record` may be null.
typedef struct {
  int (*get_version)(uint32_t*);
  int (*get_result_string)(int, const char**);
  int (*get_timestamp)(uint64_t*);
  int (*subscribe)(void**, CuptiCallback, void*);
  int (*unsubscribe)(void*);
  int (*register_callbacks)(CuptiRequested, CuptiCompleted);
  int (*enable)(int);
  int (*disable)(int);
  int (*flush_all)(uint32_t);
  int (*next_record)(uint8_t*, size_t, void**);
  int (*dropped_records)(void*, uint32_t, size_t*);
  int (*push_external)(int, uint64_t);
  int (*pop_external)(int, uint64_t*);
  int (*set_thread_id_type)(int);
  int (*enable_runtime_api)(uint32_t, uint8_t);
  int (*enable_driver_api)(uint32_t, uint8_t);
} Cupti;
