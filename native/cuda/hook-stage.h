// Where tracing ended before it had begun, in the order in which it is tried. As `hookStages` in src/result/cuda-profile.ts.
#pragma once

enum HookStage {
  HOOK_READY = 0,
  HOOK_NO_HOOK = 1,
  HOOK_INJECTION_IN_USE = 2,
  HOOK_CUPTI_LIBRARY = 3,
  HOOK_CUPTI_SYMBOLS = 4,
  HOOK_DRIVER_LIBRARY = 5,
  HOOK_NO_DEVICE = 6,
  HOOK_DRIVER_INIT = 7,
  HOOK_DRIVER_TOO_OLD = 8,
  HOOK_CUPTI_BUSY = 9,
  HOOK_CUPTI_SUBSCRIBE = 10,
  HOOK_CUPTI_PRIVILEGES = 11,
  HOOK_CUPTI_REGISTER = 12,
  HOOK_CUPTI_ENABLE = 13
};
