"""Writes ../zoo.json, which says of each file what it is, from the files themselves and from files.py."""

import json
import os

import onnx

from files import F32, FILES, OUTCOMES
from golden_sets import SETS

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
TYPES = {1: "float32", 6: "int32", 7: "int64", 11: "float64"}
ELEMENTS = {"index": ["H", "C", "N", "O"], "onehot": ["H", "C", "N", "O"], "number": None, "none": ["Ar"]}


def main():
    files = [entry(name, file) for name, file in FILES.items() if os.path.exists(os.path.join(FOLDER, f"{name}.onnx"))]
    with open(os.path.join(FOLDER, "zoo.json"), "w") as out:
        out.write('{"files": [\n' + ",\n".join(json.dumps(file) for file in files) + "\n]}\n")
    size = sum(os.path.getsize(os.path.join(FOLDER, file["file"])) for file in files)
    print(f"{len(files)} files, {size / 1e6:.2f} MB")


def entry(name, file):
    model = onnx.load(os.path.join(FOLDER, f"{name}.onnx"))
    onnx.checker.check_model(model)
    kind = SETS[file.set]
    roles = {value.name: value.role for value in kind.signature}
    static = file.static
    return {
        "file": f"{name}.onnx",
        "architecture": file.set,
        "exporter": file.exporter,
        "producer": f"{model.producer_name} {model.producer_version}".strip(),
        "opset": next(x.version for x in model.opset_import if x.domain in ("", "ai.onnx")),
        "dtype": str(file.dtype).removeprefix("torch."),
        "inputs": {value.name: {"role": roles[value.name], **tensor(value)} for value in model.graph.input},
        "outputs": {value.name: tensor(value) for value in model.graph.output},
        "species": {"kind": kind.species, "elements": ELEMENTS[kind.species]},
        "units": {"length": kind.length, "energy": kind.energy},
        "cutoff": kind.cutoff,
        "tolerance": 1e-5 if file.dtype == F32 else 1e-6 if "float32-constants" in file.faults else 1e-10,
        "faults": list(file.faults),
        "energy": next((OUTCOMES[fault] for fault in file.faults), "right"),
        "golden": f"golden/{file.set}.json",
        "cases": [system.name for system in kind.systems if not static or system.name == static[0]],
        "operators": sorted({node.op_type for node in nodes(model.graph)} | {n.op_type for f in model.functions for n in f.node}),
        "functions": len(model.functions),
    }


def tensor(value):
    shape = [d.dim_value if d.HasField("dim_value") else d.dim_param or "?" for d in value.type.tensor_type.shape.dim]
    return {"type": TYPES[value.type.tensor_type.elem_type], "shape": shape}


def nodes(graph):
    for node in graph.node:
        yield node
        for attribute in node.attribute:
            for inner in [attribute.g] if attribute.HasField("g") else attribute.graphs:
                yield from nodes(inner)


if __name__ == "__main__":
    main()
