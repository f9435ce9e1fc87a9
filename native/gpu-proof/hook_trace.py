"""Reads a hook trace (native/cuda/trace-format.h) with nothing but the standard library: a second opinion on the
reader in TypeScript. Device and API times are in ns."""

import bisect
import ctypes
import struct
from collections import defaultdict
from dataclasses import dataclass, field

HEAD = struct.Struct("<8sII")
RECORD = struct.Struct("<HHI")
PROCESS = struct.Struct("<IIII")
STATE = struct.Struct("<IiII")
CLOCK = struct.Struct("<QQQ")
NAME = struct.Struct("<II")
KERNEL = struct.Struct("<QQIIII3i3iIiiIQII")
COPY = struct.Struct("<QQQIIIIIIII")
API = struct.Struct("<QQIIII")
EXTERNAL = struct.Struct("<QII")
RANGE = struct.Struct("<QQIIII")
COUNTS = struct.Struct("<QQQQ")
STAGES = ["ready", "no-hook", "injection-in-use", "cupti-library", "cupti-symbols", "driver-library", "no-device",
          "driver-init", "driver-too-old", "cupti-busy", "cupti-subscribe", "cupti-privileges", "cupti-register",
          "cupti-enable"]


@dataclass
class Kernel:
    name: str
    start: int
    end: int
    stream: int
    correlation: int
    grid: tuple
    graph: int
    step: int | None = None

    @property
    def duration(self):
        """µs"""
        return (self.end - self.start) / 1000


@dataclass
class Trace:
    pid: int
    state: str = ""
    message: str = ""
    cupti_version: int = 0
    driver_version: int = 0
    library: str = ""
    ended: bool = False
    requested: int = 0
    completed: int = 0
    dropped: int = 0
    lost: int = 0
    kernels: list = field(default_factory=list)
    copies: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    externals: dict = field(default_factory=dict)
    ranges: list = field(default_factory=list)
    clocks: list = field(default_factory=list)

    @property
    def whole(self):
        return self.ended and self.requested == self.completed and self.dropped == 0 and self.lost == 0

    def within_clock(self, slack=10**9):
        """Whether all device times lie in the time of the trace: another tool may have set a clock of its own."""
        moments = [cupti or real for _, real, cupti in self.clocks]
        return all(min(moments) - slack <= k.start <= k.end <= max(moments) + slack for k in self.kernels)


def demangler():
    """C++ names as people write them, by the C++ library of the system; unchanged where it is missing."""
    try:
        demangle = ctypes.CDLL("libstdc++.so.6").__cxa_demangle
    except OSError:
        return lambda name: name
    demangle.restype = ctypes.c_void_p
    free = ctypes.CDLL(None).free
    free.argtypes = [ctypes.c_void_p]

    def readable(name):
        status = ctypes.c_int()
        text = demangle(name.encode(), None, None, ctypes.byref(status)) if name.startswith("_Z") else None
        if not text:
            return name
        value = ctypes.string_at(text).decode()
        free(text)
        return value

    return readable


def read_trace(path):
    with open(path, "rb") as file:
        data = file.read()
    magic, version, pid = HEAD.unpack_from(data, 0)
    if magic != b"MDBTRACE" or version != 1:
        raise ValueError(f"{path} is no hook trace of version 1")
    trace, names, demangle, at = Trace(pid), {0: ""}, demangler(), HEAD.size
    while at + RECORD.size <= len(data):
        kind, _, size = RECORD.unpack_from(data, at)
        if size < RECORD.size or size % 8 or at + size > len(data):
            break
        read_record(trace, names, demangle, kind, data, at + RECORD.size)
        at += size
    return trace


def read_record(trace, names, demangle, kind, data, at):
    if kind == 1:
        cupti, driver, _, length = PROCESS.unpack_from(data, at)
        text = data[at + PROCESS.size : at + PROCESS.size + length].decode(errors="replace")
        trace.cupti_version, trace.driver_version = cupti, driver
        trace.library = text.rpartition("\n")[2]
    elif kind == 2:
        stage, _, length, _ = STATE.unpack_from(data, at)
        trace.state = STAGES[stage]
        trace.message = data[at + STATE.size : at + STATE.size + length].decode(errors="replace")
    elif kind == 3:
        trace.clocks.append(CLOCK.unpack_from(data, at))
    elif kind == 4:
        number, length = NAME.unpack_from(data, at)
        names[number] = demangle(data[at + NAME.size : at + NAME.size + length].decode(errors="replace"))
    elif kind == 5:
        start, end, _, _, stream, correlation, *shape = KERNEL.unpack_from(data, at)
        grid, name, graph = tuple(shape[0:3]), shape[9], shape[11]
        trace.kernels.append(Kernel(names.get(name, "?"), start, end, stream, correlation, grid, graph))
    elif kind in (6, 7):
        start, end, size, _, _, _, correlation, copy_kind, *_ = COPY.unpack_from(data, at)
        trace.copies.append((copy_kind if kind == 6 else 0, size, correlation, start, end))
    elif kind == 8:
        start, end, domain, function, thread, correlation = API.unpack_from(data, at)
        trace.calls.append((start, end, thread, correlation, domain, function))
    elif kind == 9:
        external, external_kind, correlation = EXTERNAL.unpack_from(data, at)
        if external_kind == 5:
            trace.externals[correlation] = external
    elif kind == 10:
        time, _, action, thread, name, _ = RANGE.unpack_from(data, at)
        trace.ranges.append((time, action, thread, names.get(name, "?")))
    elif kind in (11, 12):
        trace.requested, trace.completed, trace.dropped, trace.lost = COUNTS.unpack_from(data, at)
        trace.ended = trace.ended or kind == 12


def attribute(trace):
    """Gives kernels their steps: by external identifiers, else by API calls inside ranges named `step N` on a thread."""
    if trace.externals:
        for kernel in trace.kernels:
            kernel.step = trace.externals.get(kernel.correlation)
        return
    launched = {}
    steps = step_ranges(trace)
    for start, _, thread, correlation, _, _ in trace.calls:
        begins, ranges = steps.get(thread, ([], []))
        k = bisect.bisect_right(begins, start) - 1
        if k >= 0 and start <= ranges[k][1]:
            launched[correlation] = ranges[k][2]
    for kernel in trace.kernels:
        kernel.step = launched.get(kernel.correlation)


def step_ranges(trace):
    """By thread: begins of its steps, and (begin, end, step). Range times are of CLOCK_REALTIME, as CUPTI's."""
    open_ranges, found = defaultdict(list), defaultdict(list)
    for time, action, thread, name in sorted(trace.ranges):
        if action == 1:
            open_ranges[thread].append((time, name))
        elif action == 2 and open_ranges[thread]:
            begin, label = open_ranges[thread].pop()
            if label.startswith("step "):
                found[thread].append((begin, time, int(label.split()[1])))
    return {thread: ([begin for begin, _, _ in ranges], ranges) for thread, ranges in found.items()}
