// Every number of native/cuda/cupti-abi.h against NVIDIA's headers; compiled for each version that is installed, never run.

#include <cupti.h>
#include <stddef.h>

#include "cuda/cupti-abi.h"

#define SAME(ours, theirs) _Static_assert((long long)(ours) == (long long)(theirs), #ours " is " #theirs)
#define AT(ours, record, field) SAME(ours, offsetof(record, field))

SAME(ABI_MEMCPY, CUPTI_ACTIVITY_KIND_MEMCPY);
SAME(ABI_MEMSET, CUPTI_ACTIVITY_KIND_MEMSET);
SAME(ABI_DRIVER, CUPTI_ACTIVITY_KIND_DRIVER);
SAME(ABI_RUNTIME, CUPTI_ACTIVITY_KIND_RUNTIME);
SAME(ABI_CONCURRENT_KERNEL, CUPTI_ACTIVITY_KIND_CONCURRENT_KERNEL);
SAME(ABI_MEMCPY2, CUPTI_ACTIVITY_KIND_MEMCPY2);
SAME(ABI_EXTERNAL_CORRELATION, CUPTI_ACTIVITY_KIND_EXTERNAL_CORRELATION);
SAME(ABI_EXTERNAL_OURS, CUPTI_EXTERNAL_CORRELATION_KIND_CUSTOM2);
SAME(ABI_CUPTI_MAX_LIMIT_REACHED, CUPTI_ERROR_MAX_LIMIT_REACHED);
SAME(ABI_CUPTI_INSUFFICIENT_PRIVILEGES, CUPTI_ERROR_INSUFFICIENT_PRIVILEGES);
SAME(ABI_CUPTI_MULTIPLE_SUBSCRIBERS, CUPTI_ERROR_MULTIPLE_SUBSCRIBERS_NOT_SUPPORTED);
SAME(ABI_CUDA_NO_DEVICE, CUDA_ERROR_NO_DEVICE);
SAME(ABI_CUDA_DRIVER_MISMATCH, CUDA_ERROR_SYSTEM_DRIVER_MISMATCH);
SAME(ABI_THREAD_ID_SYSTEM, CUPTI_ACTIVITY_THREAD_ID_TYPE_SYSTEM);

#define KERNEL(record)                                          \
  AT(0, record, kind);                                          \
  AT(ABI_KERNEL_REGISTERS, record, registersPerThread);         \
  AT(ABI_KERNEL_START, record, start);                          \
  AT(ABI_KERNEL_END, record, end);                              \
  AT(ABI_KERNEL_DEVICE, record, deviceId);                      \
  AT(ABI_KERNEL_CONTEXT, record, contextId);                    \
  AT(ABI_KERNEL_STREAM, record, streamId);                      \
  AT(ABI_KERNEL_GRID, record, gridX);                           \
  AT(ABI_KERNEL_GRID + 4, record, gridY);                       \
  AT(ABI_KERNEL_GRID + 8, record, gridZ);                       \
  AT(ABI_KERNEL_BLOCK, record, blockX);                         \
  AT(ABI_KERNEL_BLOCK + 4, record, blockY);                     \
  AT(ABI_KERNEL_BLOCK + 8, record, blockZ);                     \
  AT(ABI_KERNEL_STATIC_SHARED, record, staticSharedMemory);     \
  AT(ABI_KERNEL_DYNAMIC_SHARED, record, dynamicSharedMemory);   \
  AT(ABI_KERNEL_CORRELATION, record, correlationId);            \
  AT(ABI_KERNEL_NAME, record, name);                            \
  AT(ABI_KERNEL_GRAPH_NODE, record, graphNodeId);               \
  AT(ABI_KERNEL_GRAPH, record, graphId);                        \
  SAME(2, sizeof(((record*)0)->registersPerThread));            \
  SAME(4, sizeof(((record*)0)->graphId))

KERNEL(CUpti_ActivityKernel5);
KERNEL(CUpti_ActivityKernel6);
KERNEL(CUpti_ActivityKernel7);
KERNEL(CUpti_ActivityKernel8);
#if CUPTI_API_VERSION >= 19
KERNEL(CUpti_ActivityKernel9);
#endif
#if CUPTI_API_VERSION >= 130000
KERNEL(CUpti_ActivityKernel10);
#endif
#if CUPTI_API_VERSION >= 130500
KERNEL(CUpti_ActivityKernel11);
KERNEL(CUpti_ActivityKernel12);
KERNEL(CUpti_ActivityKernel13);
#endif

#define COPY(record, correlation)                 \
  AT(ABI_MEMCPY_COPY_KIND, record, copyKind);     \
  AT(ABI_MEMCPY_SOURCE_KIND, record, srcKind);    \
  AT(ABI_MEMCPY_TARGET_KIND, record, dstKind);    \
  AT(ABI_MEMCPY_BYTES, record, bytes);            \
  AT(ABI_MEMCPY_START, record, start);            \
  AT(ABI_MEMCPY_END, record, end);                \
  AT(ABI_MEMCPY_DEVICE, record, deviceId);        \
  AT(ABI_MEMCPY_CONTEXT, record, contextId);      \
  AT(ABI_MEMCPY_STREAM, record, streamId);        \
  AT(correlation, record, correlationId);         \
  SAME(1, sizeof(((record*)0)->copyKind))

COPY(CUpti_ActivityMemcpy3, ABI_MEMCPY_CORRELATION);
COPY(CUpti_ActivityMemcpy4, ABI_MEMCPY_CORRELATION);
COPY(CUpti_ActivityMemcpy5, ABI_MEMCPY_CORRELATION);
COPY(CUpti_ActivityMemcpyPtoP2, ABI_MEMCPY2_CORRELATION);
COPY(CUpti_ActivityMemcpyPtoP3, ABI_MEMCPY2_CORRELATION);
COPY(CUpti_ActivityMemcpyPtoP4, ABI_MEMCPY2_CORRELATION);
#if CUPTI_API_VERSION >= 26
COPY(CUpti_ActivityMemcpy6, ABI_MEMCPY_CORRELATION);
#endif
#if CUPTI_API_VERSION >= 130500
COPY(CUpti_ActivityMemcpy7, ABI_MEMCPY_CORRELATION);
#endif

#define SET(record)                                       \
  AT(ABI_MEMSET_BYTES, record, bytes);                    \
  AT(ABI_MEMSET_START, record, start);                    \
  AT(ABI_MEMSET_END, record, end);                        \
  AT(ABI_MEMSET_DEVICE, record, deviceId);                \
  AT(ABI_MEMSET_CONTEXT, record, contextId);              \
  AT(ABI_MEMSET_STREAM, record, streamId);                \
  AT(ABI_MEMSET_CORRELATION, record, correlationId)

SET(CUpti_ActivityMemset2);
SET(CUpti_ActivityMemset3);
SET(CUpti_ActivityMemset4);
#if CUPTI_API_VERSION >= 130500
SET(CUpti_ActivityMemset5);
#endif

AT(ABI_API_FUNCTION, CUpti_ActivityAPI, cbid);
AT(ABI_API_START, CUpti_ActivityAPI, start);
AT(ABI_API_END, CUpti_ActivityAPI, end);
AT(ABI_API_THREAD, CUpti_ActivityAPI, threadId);
AT(ABI_API_CORRELATION, CUpti_ActivityAPI, correlationId);
AT(ABI_EXTERNAL_KIND, CUpti_ActivityExternalCorrelation, externalKind);
AT(ABI_EXTERNAL_ID, CUpti_ActivityExternalCorrelation, externalId);
AT(ABI_EXTERNAL_CORRELATION_ID, CUpti_ActivityExternalCorrelation, correlationId);

// What the stubs write.
SAME(307, CUPTI_DRIVER_TRACE_CBID_cuLaunchKernel);
SAME(211, CUPTI_RUNTIME_TRACE_CBID_cudaLaunchKernel_v7000);
SAME(514, CUPTI_DRIVER_TRACE_CBID_cuGraphLaunch);
SAME(276, CUPTI_DRIVER_TRACE_CBID_cuMemcpyHtoD_v2);
SAME(278, CUPTI_DRIVER_TRACE_CBID_cuMemcpyDtoH_v2);
SAME(280, CUPTI_DRIVER_TRACE_CBID_cuMemcpyDtoD_v2);
SAME(318, CUPTI_DRIVER_TRACE_CBID_cuMemcpyPeer);
SAME(249, CUPTI_DRIVER_TRACE_CBID_cuMemsetD8_v2);
SAME(17, CUPTI_DRIVER_TRACE_CBID_cuCtxSynchronize);
SAME(8, CUPTI_ACTIVITY_MEMCPY_KIND_DTOD);
SAME(10, CUPTI_ACTIVITY_MEMCPY_KIND_PTOP);
SAME(1, CUPTI_ACTIVITY_MEMORY_KIND_PAGEABLE);
SAME(2, CUPTI_ACTIVITY_MEMORY_KIND_PINNED);
SAME(3, CUPTI_ACTIVITY_MEMORY_KIND_DEVICE);
SAME(18, CUPTI_ERROR_QUEUE_EMPTY);
