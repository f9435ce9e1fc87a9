"""Programs that the proof runs as children, with no word of the hook in them: `workloads.py NAME [FILE]`.
Steps are marked by NVTX, as a user would; a FILE takes what the program measured itself, as JSON."""

import json
import sys
import time

import torch

STEPS = 20


def push(step):
    torch.cuda.nvtx.range_push(f"step {step}")


def pop():
    torch.cuda.nvtx.range_pop()


def operands(size):
    torch.manual_seed(7)
    return torch.randn(size, size, device="cuda"), torch.randn(size, size, device="cuda")


def mixed_step(a, b):
    c = a @ b
    d = torch.relu(c).sum(dim=1)
    e = torch.sort(d).values
    return torch.softmax(c + e, dim=0).mean()


def run_mixed():
    a, b = operands(1024)
    for _ in range(5):
        mixed_step(a, b)
    torch.cuda.synchronize()
    return a, b


def mixed(_):
    a, b = run_mixed()
    for step in range(STEPS):
        push(step)
        mixed_step(a, b)
        pop()
    torch.cuda.synchronize()


def profiled(file):
    """The same steps under torch.profiler: names and µs of every kernel."""
    from torch.profiler import ProfilerActivity, profile

    a, b = run_mixed()
    with profile(activities=[ProfilerActivity.CUDA, ProfilerActivity.CPU]) as profiler:
        for step in range(STEPS):
            push(step)
            mixed_step(a, b)
            pop()
        torch.cuda.synchronize()
    trace = f"{file}.trace.json"
    profiler.export_chrome_trace(trace)
    with open(trace) as source:
        events = json.load(source)["traceEvents"]
    kernels = [(event["name"], event["dur"]) for event in events if event.get("cat") == "kernel"]
    write(file, kernels)


def events(file):
    """Long kernels one by one between two CUDA events, µs."""
    a, b = operands(4096)
    for _ in range(5):
        a @ b
    torch.cuda.synchronize()
    times = []
    for step in range(STEPS):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        push(step)
        begin.record()
        a @ b
        end.record()
        pop()
        torch.cuda.synchronize()
        times.append(1000 * begin.elapsed_time(end))
    write(file, times)


def asynchronous(_):
    """The device sleeps first, so that all launches of all steps are made before the first kernel of them begins."""
    buffers = [torch.zeros(4096 * (step + 1), device="cuda") for step in range(100)]
    torch.cuda.synchronize()
    torch.cuda._sleep(200_000_000)
    for step, buffer in enumerate(buffers):
        push(step)
        for _ in range(step % 5 + 1):
            buffer.add_(1)
        pop()
    torch.cuda.synchronize()


def copies(file):
    sizes = [1001, 65_537, 4_000_003]
    for step, size in enumerate(sizes):
        push(step)
        host = torch.zeros(size, dtype=torch.uint8).pin_memory()
        device = host.to("cuda", non_blocking=True)
        other = torch.empty_like(device)
        other.copy_(device)
        host.copy_(other, non_blocking=True)
        torch.cuda.synchronize()
        pop()
    write(file, sizes)


def graph(file):
    static = torch.zeros(1 << 16, device="cuda")
    stream = torch.cuda.Stream()
    with torch.cuda.stream(stream):
        for _ in range(3):
            static.add_(1).mul_(2).sub_(1)
    torch.cuda.synchronize()
    captured = torch.cuda.CUDAGraph()
    with torch.cuda.graph(captured):
        static.add_(1).mul_(2).sub_(1)
    torch.cuda.synchronize()
    for step in range(STEPS):
        push(step)
        captured.replay()
        pop()
    torch.cuda.synchronize()
    write(file, {"steps": STEPS, "kernels": 3})


def small(file):
    """Many small kernels, a wait at the end of each step: where tracing costs most. Median step in µs."""
    buffer = torch.zeros(1000, device="cuda")
    times = []
    for step in range(300):
        begin = time.perf_counter()
        push(step)
        for _ in range(50):
            buffer.add_(1)
        torch.cuda.synchronize()
        pop()
        times.append(1e6 * (time.perf_counter() - begin))
    write(file, sorted(times[50:])[125])


def write(file, value):
    with open(file, "w") as target:
        json.dump(value, target)


if __name__ == "__main__":
    chosen = {"mixed": mixed, "profiled": profiled, "events": events, "asynchronous": asynchronous, "copies": copies,
              "graph": graph, "small": small}
    chosen[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else None)
