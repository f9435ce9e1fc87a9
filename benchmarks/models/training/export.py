"""Writes the ONNX file of trained parameters. Usage: python export.py teacher|student PARAMETERS.npz OUT.onnx"""

import sys

import numpy as np
import onnx

import force_field
from architecture import CUTOFF

METADATA = {
    "mdbench.version": "1",
    "mdbench.units.length": "angstrom",
    "mdbench.units.energy": "eV",
    "mdbench.cutoff": str(CUTOFF),
    "mdbench.species": "Z",
    "mdbench.elements": "Si",
    "mdbench.neighbors": "full",
    "mdbench.shifts": "cartesian",
    "mdbench.edges": "sorted",
    "mdbench.pbc": "host",
    "mdbench.energy": "total",
    "mdbench.stress.sign": "-1",
    "license": "MIT",
}


def write(kind, parameters, path):
    title = f"Silicon {kind}, learned from " + ("Stillinger-Weber labels" if kind == "teacher" else "the silicon teacher")
    model = force_field.build(parameters, f"silicon-{kind}", METADATA | {"title": title})
    onnx.save(model, path)
    return model


if __name__ == "__main__":
    kind, parameters, path = sys.argv[1:]
    model = write(kind, dict(np.load(parameters)), path)
    print(f"{path}: {len(model.graph.node)} nodes, {model.ByteSize() / 1e6:.2f} MB")
