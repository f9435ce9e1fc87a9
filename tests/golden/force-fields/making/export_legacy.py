"""Writes the files of the legacy exporter, with PyTorch 1.13. Usage: python3 export_legacy.py [FILE...]"""

import os
import sys
import warnings

import numpy as np
import torch

from files import FILES
from golden_sets import SETS
from signatures import arrays, dynamic_axes

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
OUTPUTS = {"schnet-direct": ["energy", "forces"], "nequip": ["total_energy", "atomic_energy"], "ani": ["energies"]}


def main(names):
    warnings.simplefilter("ignore")
    for name, file in FILES.items():
        if file.exporter == "legacy" and (name in names or not names):
            try:
                export(os.path.join(FOLDER, f"{name}.onnx"), file)
            except Exception as error:
                print(f"{name}: {type(error).__name__}: {str(error)[:600]}")


def export(path, file):
    kind = SETS[file.set]
    network = file.network(file.dtype).eval()
    wanted = file.static[0] if file.static else kind.systems[0].name
    system = next(system for system in kind.systems if system.name == wanted)
    feeds = arrays(kind.signature, system, np.float32 if file.dtype == torch.float32 else np.float64)
    takes = network.forward.__code__.co_argcount - 1
    inputs = list(feeds)[: takes if takes > 0 else None]
    torch.onnx.export(
        network,
        tuple(torch.tensor(feeds[name]) for name in inputs),
        path,
        opset_version=file.opset,
        input_names=inputs,
        output_names=OUTPUTS.get(file.set, ["energy"]),
        dynamic_axes=axes(kind.signature, file, inputs),
        export_modules_as_functions=file.functions,
    )
    print(f"{path}: {os.path.getsize(path)} bytes")


def axes(signature, file, inputs):
    fixed = {None: (), "atoms": ("atoms",), "all": ("atoms", "edges", "rows", "slots")}[file.static and file.static[1]]
    every = {
        name: {axis: size for axis, size in sizes.items() if size not in fixed} | ({0: "batch"} if file.free_batch else {})
        for name, sizes in dynamic_axes(signature).items()
        if name in inputs
    }
    outputs = {"schnet-direct": {"forces": {0: "atoms"}}, "nequip": {"atomic_energy": {0: "atoms"}}}
    return every | outputs.get(file.set, {})


if __name__ == "__main__":
    main(sys.argv[1:])
