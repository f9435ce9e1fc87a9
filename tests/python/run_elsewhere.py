"""Runs a differentiated file in Python's ONNX Runtime on the golden cases of its architecture.

python run_elsewhere.py file.onnx golden.json -> JSON, a list of the largest errors of energy, forces and stress by case
"""

import json
import sys

import numpy as np
import onnx
import onnxruntime

TYPES = {
    "tensor(float)": np.float32,
    "tensor(double)": np.float64,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
}


def feeds_of(session, case):
    feeds = {}
    for tensor in session.get_inputs():
        kind = TYPES[tensor.type]
        if tensor.name in case["inputs"]:
            value = case["inputs"][tensor.name]
            feeds[tensor.name] = np.array(value["data"]).reshape(value["dims"]).astype(kind)
        else:
            feeds[tensor.name] = np.array(case["cell"] or np.zeros(9)).reshape(3, 3).astype(kind)
    return feeds


def errors_of(session, case):
    names = [output.name for output in session.get_outputs()]
    found = dict(zip(names, session.run(None, feeds_of(session, case))))
    strain = np.array(case["strain"]).reshape(3, 3)
    volume = abs(np.linalg.det(np.array(case["cell"]).reshape(3, 3))) if case["cell"] else np.inf
    return {
        "case": case["name"],
        "energy": float(abs(found["energy"].sum() - case["energy"])),
        "forces": float(np.abs(found["forces"].ravel() - np.array(case["forces"])).max()),
        "stress": float(np.abs(found["stress"] - (strain + strain.T) / 2 / volume).max()),
    }


def main():
    model, golden = sys.argv[1:]
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    with open(golden, encoding="utf-8") as file:
        print(json.dumps([errors_of(session, case) for case in json.load(file)["cases"]]))


if __name__ == "__main__":
    main()
