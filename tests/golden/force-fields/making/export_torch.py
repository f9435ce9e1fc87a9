"""Writes the files of PyTorch's exporters: those of the legacy one with PyTorch 1.13, the others with the current one.
Usage: python export_torch.py [FILE...]"""

import os
import sys
import warnings

import numpy as np
import torch

from files import F32, FILES
from golden_sets import SETS
from signatures import arrays, dynamic_axes

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
MINE = ("legacy",) if torch.__version__.startswith("1.") else ("dynamo", "torchscript")
OUTPUTS = {"schnet-direct": ["energy", "forces"], "nequip": ["total_energy", "atomic_energy"], "ani": ["energies"]}


def main(names):
    warnings.simplefilter("ignore")
    for name, file in FILES.items():
        if file.exporter in MINE and (name in names or not names):
            path = os.path.join(FOLDER, f"{name}.onnx")
            export(path, file)
            print(f"{name}: {os.path.getsize(path)} bytes")


def export(path, file):
    kind = SETS[file.set]
    wanted = file.static[0] if file.static else kind.systems[0].name
    system = next(system for system in kind.systems if system.name == wanted)
    network = file.network(file.dtype).eval()
    feeds = arrays(kind.signature, system, np.float32 if file.dtype == F32 else np.float64)
    takes = network.forward.__code__.co_argcount - 1 - len(network.forward.__defaults__ or ())
    inputs = list(feeds)[: takes + getattr(network, "molecules", False)]
    settings = {
        "opset_version": file.opset,
        "input_names": inputs,
        "output_names": OUTPUTS.get(file.set, ["energy"]),
    }
    write = by_dynamo if file.exporter == "dynamo" else by_trace
    write(path, file, network, tuple(torch.tensor(feeds[name]) for name in inputs), settings)


def by_trace(path, file, network, feeds, settings):
    if file.exporter == "torchscript":
        settings["dynamo"] = False
    else:
        settings["export_modules_as_functions"] = file.functions
    outputs = {"schnet-direct": {"forces": {0: "atoms"}}, "nequip": {"atomic_energy": {0: "atoms"}}}
    axes = free_axes(file, settings["input_names"]) | outputs.get(file.set, {})
    torch.onnx.export(network, feeds, path, dynamic_axes=axes, **settings)


def by_dynamo(path, file, network, feeds, settings):
    axes = free_axes(file, settings["input_names"])
    sizes = {size: torch.export.Dim(size) for free in axes.values() for size in free.values()}
    shapes = tuple({axis: sizes[size] for axis, size in axes[name].items()} for name in settings["input_names"])
    program = torch.onnx.export(
        network, feeds, dynamo=True, dynamic_shapes=shapes, optimize=not file.plain, verbose=False, **settings
    )
    program.save(path, external_data=False)
    without_traces(path)


def free_axes(file, inputs):
    fixed = {None: (), "atoms": ("atoms",), "all": ("atoms", "edges", "rows", "slots")}[file.static and file.static[1]]
    return {
        name: {axis: size for axis, size in sizes.items() if size not in fixed} | ({0: "batch"} if file.free_batch else {})
        for name, sizes in dynamic_axes(SETS[file.set].signature).items()
        if name in inputs
    }


def without_traces(path):
    """Takes out the stack traces that the exporter notes at every node: they are larger than the graph."""
    import onnx

    model = onnx.load(path)
    del model.graph.metadata_props[:]
    for part in [*model.graph.node, *model.graph.value_info, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        del part.metadata_props[:]
    for function in model.functions:
        del function.metadata_props[:]
        for node in function.node:
            del node.metadata_props[:]
    onnx.save(model, path)


if __name__ == "__main__":
    main(sys.argv[1:])
