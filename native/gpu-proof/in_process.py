"""Steps told to the hook by its C interface, within one process: `in_process.py LIBRARY TRACE`."""

import ctypes
import sys

import torch


class HookState(ctypes.Structure):
    _fields_ = [("stage", ctypes.c_int), ("code", ctypes.c_int), ("message", ctypes.c_char * 512)]


def main(library, trace):
    hook = ctypes.CDLL(library)
    hook.hook_push_step.argtypes = [ctypes.c_uint64]
    torch.cuda.init()
    buffers = [torch.zeros(4096 * (step + 1), device="cuda") for step in range(100)]
    torch.cuda.synchronize()
    state = HookState()
    hook.hook_start(trace.encode(), 0, ctypes.byref(state))
    torch.cuda._sleep(200_000_000)
    for step, buffer in enumerate(buffers):
        hook.hook_push_step(step)
        for _ in range(step % 5 + 1):
            buffer.add_(1)
        hook.hook_pop_step()
    torch.cuda.synchronize()
    hook.hook_stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
