"""The hook as a library: the built one where it is there, else compiled here; nothing is downloaded."""

import shutil
import subprocess
from pathlib import Path

NATIVE = Path(__file__).resolve().parent.parent
FLAGS = ["-O2", "-std=gnu11", "-fPIC", "-shared", "-Wl,-z,now", "-Wl,-z,nodelete", "-Wl,-Bsymbolic"]


def compiler():
    return next((name for name in ("cc", "gcc", "clang") if shutil.which(name)), None)


def build(folder, visible):
    """visible: with its C interface, for use within a process. None without a compiler."""
    name = compiler()
    if name is None:
        return None
    output = Path(folder) / ("libhook-visible.so" if visible else "libmdbench-hook.so")
    hidden = [] if visible else ["-fvisibility=hidden"]
    sources = sorted(str(file) for file in (NATIVE / "cuda").glob("*.c"))
    command = [name, *FLAGS, *hidden, f"-I{NATIVE}", *sources, "-o", str(output), "-ldl", "-lpthread", "-lm"]
    subprocess.run(command, check=True)
    return str(output)


def injected(folder):
    built = NATIVE / "build" / "libmdbench-hook.so"
    return str(built) if built.exists() else build(folder, visible=False)
