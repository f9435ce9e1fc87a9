"""Runs every file by ONNX Runtime on its golden inputs: its energy must be right, wrong or refused as zoo.json
says. Prints what each deviates by; exits 1 where that is not so. Usage: python verify.py [FILE...]"""

import json
import os
import sys

import numpy as np
import onnxruntime

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def main(names):
    onnxruntime.set_default_logger_severity(4)
    with open(os.path.join(FOLDER, "zoo.json")) as file:
        zoo = json.load(file)["files"]
    wrong = [entry["file"] for entry in zoo if (entry["file"] in names or not names) and not right(entry)]
    print("as the manifest says" if not wrong else f"not as the manifest says: {', '.join(wrong)}")
    return 1 if wrong else 0


def right(entry):
    with open(os.path.join(FOLDER, entry["golden"])) as file:
        cases = [case for case in json.load(file)["cases"] if case["name"] in entry["cases"]]
    try:
        loaded = session(entry["file"])
    except onnxruntime.capi.onnxruntime_pybind11_state.NotImplemented as error:
        print(f"{entry['file']}: {error}")
        return entry["energy"] == "refused"
    deviations = [deviation(loaded, entry, case) for case in cases]
    print(f"{entry['file']}: " + ", ".join(f"{value:.1e}" for value in deviations))
    return entry["energy"] == ("right" if max(deviations) <= entry["tolerance"] else "wrong")


def deviation(loaded, entry, case):
    """Of the energy, in parts of its size or of 1, whichever is more."""
    feeds = {name: tensor(case["inputs"][name], value["type"]) for name, value in entry["inputs"].items()}
    energy = loaded.run(list(entry["outputs"])[:1], feeds)[0].item()
    return abs(energy - case["energy"]) / max(1, abs(case["energy"]))


def session(name):
    """At the level of optimization at which doubles load: fusions of higher ones have no kernel for them."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(os.path.join(FOLDER, name), options)


def tensor(value, kind):
    return np.array(value["data"], dtype=kind).reshape(value["dims"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
