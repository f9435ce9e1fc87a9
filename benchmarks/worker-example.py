#!/usr/bin/env python3
"""A worker of mdbench's paired campaigns: an atom on a spring, stepped by velocity Verlet. See worker-protocol.md."""
import json
import statistics
import sys
import time


class Trajectory:
    """The toy that is measured: replace it by your own program."""

    def __init__(self, seed):
        self.position, self.velocity = 1.0, 0.001 * (seed % 1000)
        self.force = self.compute()

    def compute(self):
        return sum(-self.position / (k * k) for k in range(1, 400))

    def step(self):
        """One whole step, and in ms: how long it took, and the force call in it."""
        begun = time.perf_counter()
        self.velocity += 0.005 * self.force
        self.position += 0.01 * self.velocity
        called = time.perf_counter()
        self.force = self.compute()
        call = time.perf_counter() - called
        self.velocity += 0.005 * self.force
        return 1000 * (time.perf_counter() - begun), 1000 * call


def answer(request, state):
    kind = request["type"]
    if kind == "prepare":
        state["trajectory"] = Trajectory(request["seed"])
        return {"type": "prepared", "workload": {"forceField": "spring", "atoms": 1, "timestep": 0.01}}
    if kind == "warm-up":
        begun, times = time.perf_counter(), []
        while len(times) < 10 or sum(times) < request["least"]:
            times.append(state["trajectory"].step()[0])
        elapsed = 1000 * (time.perf_counter() - begun)
        last = statistics.median(times[-10:])
        return {"type": "warmed", "steps": len(times), "elapsed": elapsed, "settled": True, "stepTime": last}
    if kind == "segment":
        steps, calls = zip(*(state["trajectory"].step() for _ in range(request["steps"])))
        metrics = {"step-time-p50": statistics.median(steps), "force-call-p50": statistics.median(calls)}
        return {"type": "segment", "steps": len(steps), "elapsed": sum(steps), "metrics": metrics}
    return {"type": "ended"} if kind == "end" else {"type": "unsupported"}


state, reply = {}, {"type": "ready", "protocol": 1}
print(json.dumps(reply), flush=True)
while reply["type"] not in ("ended", "failed") and (line := sys.stdin.readline()):
    try:
        reply = answer(json.loads(line), state)
    except Exception as error:
        reply = {"type": "failed", "code": type(error).__name__, "message": str(error)}
    print(json.dumps(reply), flush=True)
