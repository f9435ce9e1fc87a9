// Names of the API calls that a simulation makes most, by the numbers that CUPTI gives them (cupti_*_cbid.h).
// The numbers are the same in 11.8, 12.4, 12.8, 13.0 and 13.5; variants (_v2, _ptsz) bear the name of the plain call.

/** CUpti_ActivityKind of the two interfaces. */
const domains = { driver: 4, runtime: 5 };

const runtimeCalls: Record<string, readonly number[]> = {
  cudaGetDeviceProperties: [4, 440],
  cudaGetLastError: [10],
  cudaPeekAtLastError: [11],
  cudaFuncGetAttributes: [15],
  cudaSetDevice: [16],
  cudaGetDevice: [17],
  cudaMalloc: [20],
  cudaFree: [22],
  cudaMallocHost: [25],
  cudaFreeHost: [26],
  cudaHostAlloc: [27],
  cudaMemGetInfo: [30],
  cudaMemcpy: [31, 215],
  cudaMemcpyAsync: [41, 225],
  cudaMemcpy2DAsync: [44, 228],
  cudaMemset: [49, 233],
  cudaMemsetAsync: [51, 235],
  cudaStreamSynchronize: [131, 239],
  cudaStreamQuery: [132, 240],
  cudaEventCreateWithFlags: [134],
  cudaEventRecord: [135, 242],
  cudaEventDestroy: [136],
  cudaEventSynchronize: [137],
  cudaEventQuery: [138],
  cudaStreamWaitEvent: [147, 247],
  cudaPointerGetAttributes: [151],
  cudaMemcpyPeerAsync: [161],
  cudaDeviceSynchronize: [165],
  cudaStreamCreateWithFlags: [198],
  cudaDeviceGetAttribute: [200],
  cudaStreamCreateWithPriority: [202],
  cudaOccupancyMaxActiveBlocksPerMultiprocessor: [207, 210],
  cudaLaunchKernel: [211, 214],
  cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags: [251],
  cudaLaunchCooperativeKernel: [269, 270],
  cudaFuncSetAttribute: [273],
  cudaGraphInstantiate: [310, 443],
  cudaGraphLaunch: [311, 312],
  cudaStreamIsCapturing: [317, 318],
  cudaEventRecordWithFlags: [370, 371],
  cudaMallocAsync: [373, 374],
  cudaFreeAsync: [375, 376],
  cudaLaunchKernelExC: [430, 431],
};

const driverCalls: Record<string, readonly number[]> = {
  cuDeviceGetAttribute: [9],
  cuCtxSynchronize: [17, 800],
  cuModuleLoadData: [19],
  cuModuleLoadDataEx: [20],
  cuModuleUnload: [22],
  cuModuleGetFunction: [23],
  cuMemGetInfo: [27, 242],
  cuMemAlloc: [29, 243],
  cuMemFree: [33, 245],
  cuMemAllocHost: [37, 294],
  cuMemFreeHost: [38],
  cuMemHostAlloc: [39],
  cuMemcpyHtoD: [43, 276, 397],
  cuMemcpyDtoH: [45, 278, 398],
  cuMemcpyDtoD: [47, 280, 399],
  cuMemcpyHtoDAsync: [60, 277, 421],
  cuMemcpyDtoHAsync: [62, 279, 422],
  cuMemcpyDtoDAsync: [64, 281, 423],
  cuMemcpy2DAsync: [68, 289, 424],
  cuMemsetD8: [71, 249, 411],
  cuMemsetD32: [75, 251, 413],
  cuFuncGetAttribute: [85],
  cuEventCreate: [118],
  cuEventRecord: [119, 441],
  cuEventQuery: [120],
  cuEventSynchronize: [121],
  cuEventDestroy: [122, 325],
  cuStreamCreate: [124],
  cuStreamQuery: [125, 439],
  cuStreamSynchronize: [126, 440],
  cuMemsetD8Async: [216, 428],
  cuMemsetD16Async: [218, 429],
  cuMemsetD32Async: [220, 430],
  cuMemcpy: [305, 408],
  cuStreamWaitEvent: [295, 436],
  cuCtxSetCurrent: [303],
  cuCtxGetCurrent: [304],
  cuMemcpyAsync: [306, 418],
  cuLaunchKernel: [307, 442],
  cuPointerGetAttribute: [310],
  cuMemcpyPeerAsync: [319, 426],
  cuOccupancyMaxActiveBlocksPerMultiprocessor: [374],
  cuLaunchCooperativeKernel: [477, 478],
  cuFuncSetAttribute: [481],
  cuStreamIsCapturing: [499, 500],
  cuGraphInstantiate: [513, 578],
  cuGraphLaunch: [514, 515],
  cuMemAllocAsync: [598, 599],
  cuMemFreeAsync: [600, 601],
  cuGetProcAddress: [626, 677],
  cuGraphInstantiateWithFlags: [643],
  cuLaunchKernelEx: [652, 653],
  cuLibraryLoadData: [678],
};

const runtimeNames = byNumber(runtimeCalls);
const driverNames = byNumber(driverCalls);

function byNumber(calls: Record<string, readonly number[]>): ReadonlyMap<number, string> {
  return new Map(Object.entries(calls).flatMap(([name, numbers]) => numbers.map((k) => [k, name] as const)));
}

/** `cuLaunchKernel`, or `runtime 211` where the name is not in the table. */
export function apiName(domain: number, call: number): string {
  if (domain === domains.driver) return driverNames.get(call) ?? `driver ${call}`;
  if (domain === domains.runtime) return runtimeNames.get(call) ?? `runtime ${call}`;
  return `domain ${domain} ${call}`;
}
