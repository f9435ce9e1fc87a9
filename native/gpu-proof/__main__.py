"""Proves the CUDA hook on a machine with an NVIDIA GPU: `python3 native/gpu-proof [--out FILE]`.
Needs Linux on x86-64, Python with PyTorch, and a C compiler or the built hook; no network. Made to take less than five minutes.
Exit code 0: all passed; 1: a check failed; 2: it cannot be made here."""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import datetime, timezone

from compare import self_check

DRIVER = "/proc/driver/nvidia/version"


def main():
    parser = argparse.ArgumentParser(prog="gpu-proof", description="Prove the CUDA hook of mdbench on this GPU.")
    parser.add_argument("--out", default="gpu-proof.json", help="where the numbers go, as JSON")
    parser.add_argument("--self-check", action="store_true", help="only test the comparisons themselves; needs no GPU")
    asked = parser.parse_args()
    self_check()
    if asked.self_check:
        print("the comparisons tell right from wrong")
        return 0
    machine, reason = machine_of()
    if reason:
        print(f"gpu-proof: nothing is proved here: {reason}", file=sys.stderr)
        return 2
    return prove(machine, asked.out)


def machine_of():
    """What is here, or why nothing can be proved."""
    try:
        import torch
    except ImportError:
        return None, "PyTorch is not installed for this Python."
    if not torch.cuda.is_available():
        return None, "PyTorch sees no NVIDIA GPU."
    return {"device": torch.cuda.get_device_name(0), "driver": driver_version(), "torch": torch.__version__,
            "cuda": torch.version.cuda, "date": datetime.now(timezone.utc).isoformat(timespec="seconds")}, None


def driver_version():
    """A container may hide what the driver says of itself; the hook is then told by what else it may know it."""
    try:
        with open(DRIVER) as file:
            return file.readline().strip()
    except OSError:
        os.environ.setdefault("MDBENCH_DRIVER_PROBE", "/dev/nvidia0")
        return f"{DRIVER} is hidden"


def prove(machine, out):
    from checks import CHECKS, Bench
    from library import injected

    print(", ".join(str(value) for value in machine.values()))
    results = []
    with tempfile.TemporaryDirectory(prefix="gpu-proof-") as folder:
        library = injected(folder)
        if library is None:
            print("gpu-proof: the hook is not built and there is no C compiler.", file=sys.stderr)
            return 2
        bench = Bench(library, folder)
        for check in CHECKS:
            results.append(made(check, bench))
    with open(out, "w") as file:
        json.dump({**machine, "checks": results}, file, indent=2)
    states = [result["state"] for result in results]
    print(f"{states.count('passed')} passed, {states.count('failed')} failed, {states.count('skipped')} skipped; {out}")
    return 1 if "failed" in states else 0


def made(check, bench):
    begun = time.monotonic()
    try:
        passed, numbers = check(bench)
    except Exception as error:
        passed, numbers = False, {"error": f"{type(error).__name__}: {error}"}
    state = "skipped" if passed is None else "passed" if passed else "failed"
    seconds = round(time.monotonic() - begun, 1)
    name = check.__name__.replace("_", "-")
    print(f"{state:8} {name:26} {seconds:5.1f} s  {json.dumps(numbers)[:300]}", flush=True)
    return {"check": name, "state": state, "seconds": seconds, "numbers": numbers}


if __name__ == "__main__":
    sys.exit(main())
