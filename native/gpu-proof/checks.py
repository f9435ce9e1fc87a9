"""The checks, one function each: (passed, numbers), or None in the place of passed where it cannot be made."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from compare import by_name, compare_kernels, is_attributed
from library import build
from hook_trace import attribute, read_trace

HERE = Path(__file__).resolve().parent


class Bench:
    """Runs workloads with the hook or without."""

    def __init__(self, library, folder):
        self.library, self.folder, self.runs = library, Path(folder), 0

    def run(self, script, *args, mode=None, expect=0):
        """mode: None without the hook, else kernels or full. Returns traces, and what the program measured itself."""
        self.runs += 1
        place = self.folder / str(self.runs)
        place.mkdir()
        said = place / "said.json"
        environment = {k: v for k, v in os.environ.items() if not k.endswith("_INJECTION64_PATH")}
        if mode:
            environment |= {"CUDA_INJECTION64_PATH": self.library, "NVTX_INJECTION64_PATH": self.library,
                            "MDBENCH_TRACE_FOLDER": str(place), "MDBENCH_TRACE_MODE": mode}
        command = [sys.executable, str(HERE / script), *(str(said) if arg == "SAID" else arg for arg in args)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)
        if done.returncode != expect:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-2000:]}")
        traces = [read_trace(file) for file in sorted(place.glob("*.trace"))]
        for trace in traces:
            attribute(trace)
        return traces, json.loads(said.read_text()) if said.exists() else None

    def traced(self, *args, mode="kernels"):
        """The one trace in which something ran on the device."""
        traces, said = self.run(*args, mode=mode)
        active = [trace for trace in traces if trace.kernels or trace.copies]
        if len(active) != 1:
            states = [f"{trace.state}: {trace.message}" for trace in traces]
            raise RuntimeError(f"{len(active)} of {len(traces)} traces hold activity; {states}")
        return active[0], said


def about(trace):
    return {"whole": trace.whole, "state": trace.state, "requested": trace.requested, "completed": trace.completed,
            "dropped": trace.dropped, "withinClock": trace.within_clock()}


def whole_trace(bench):
    trace, _ = bench.traced("workloads.py", "mixed")
    versions = {"cupti": trace.cupti_version, "driver": trace.driver_version, "library": trace.library}
    return trace.whole and trace.within_clock() and trace.state == "ready", {**about(trace), **versions}


def against_torch_profiler(bench):
    trace, _ = bench.traced("workloads.py", "mixed")
    _, theirs = bench.run("workloads.py", "profiled", "SAID")
    ours = by_name((k.name, k.duration) for k in trace.kernels if k.step is not None)
    return compare_kernels(ours, by_name(theirs))


def against_cuda_events(bench):
    trace, theirs = bench.traced("workloads.py", "events", "SAID")
    ours = [sum(k.duration for k in trace.kernels if k.step == step) for step in range(len(theirs))]
    apart = abs(median(ours) - median(theirs))
    ratio = sum(ours) / sum(theirs)
    passed = apart <= max(0.5, 0.03 * median(theirs)) and abs(ratio - 1) <= 0.02
    return passed, {"median": median(ours), "eventMedian": median(theirs), "totalRatio": ratio}


def asynchronous_by_nvtx(bench):
    trace, _ = bench.traced("workloads.py", "asynchronous")
    passed, numbers = is_attributed([k for k in trace.kernels if k.step is not None], 100, lambda step: step % 5 + 1)
    return passed and trace.whole, {**numbers, **about(trace)}


def asynchronous_in_process(bench):
    library = build(bench.folder, visible=True)
    if library is None:
        return None, {"reason": "no C compiler to build the hook with its C interface"}
    file = bench.folder / "in-process.trace"
    bench.run("in_process.py", library, str(file))
    trace = read_trace(file)
    attribute(trace)
    inside = [k for k in trace.kernels if k.step is not None]
    passed, numbers = is_attributed(inside, 100, lambda step: step % 5 + 1)
    return passed and trace.whole, {**numbers, **about(trace)}


def copied_bytes(bench):
    trace, sizes = bench.traced("workloads.py", "copies", "SAID")
    found = {kind: sorted(size for copied, size, *_ in trace.copies if copied == kind) for kind in (1, 2, 8)}
    missing = [f"kind {kind}: {size} B" for kind in found for size in sizes if size not in found[kind]]
    return not missing, {"hostToDevice": found[1], "deviceToHost": found[2], "deviceToDevice": found[8], "missing": missing}


def graph_replay(bench):
    trace, said = bench.traced("workloads.py", "graph", "SAID")
    of_graph = [k for k in trace.kernels if k.graph != 0 and k.step is not None]
    counts = [sum(k.step == step for k in of_graph) for step in range(said["steps"])]
    return counts == [said["kernels"]] * said["steps"], {"perStep": sorted(set(counts)), "kernels": len(of_graph)}


def overhead(bench):
    """Interleaved runs; the ratio is told, and judged only for being a number above 0.5."""
    times = {None: [], "kernels": [], "full": []}
    for _ in range(3):
        for mode, list_of in times.items():
            list_of.append(bench.run("workloads.py", "small", "SAID", mode=mode)[1])
    plain = median(times[None])
    ratios = {mode: median(times[mode]) / plain for mode in ("kernels", "full")}
    return all(ratio > 0.5 for ratio in ratios.values()), {"plainStep": plain, "kernelsPerStep": 50, **ratios}


def beside_another_profiler(bench):
    """torch.profiler in the traced process: either the trace is whole and right, or what is wrong can be seen in it."""
    traces, theirs = bench.run("workloads.py", "profiled", "SAID", mode="kernels")
    trace = max(traces, key=lambda one: len(one.kernels))
    inside = [k for k in trace.kernels if k.step is not None]
    right = trace.whole and trace.within_clock() and len(inside) == len(theirs)
    seen = trace.state != "ready" or not trace.whole or not trace.within_clock()
    outcome = "both right" if right else "detected" if seen else "wrong and not detected"
    return right or seen, {"outcome": outcome, "ours": len(inside), "theirs": len(theirs), **about(trace)}


CHECKS = [whole_trace, against_torch_profiler, against_cuda_events, asynchronous_by_nvtx, asynchronous_in_process,
          copied_bytes, graph_replay, overhead, beside_another_profiler]
