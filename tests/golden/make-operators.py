"""Makes operators-profile.json, which ONNX Runtime writes of a graph with If and Loop, and operators.json: what its nodes
took, summed by their names, which say what is inside what.

pip install onnx==1.* onnxruntime==1.30.* numpy==2.*
python tests/golden/make-operators.py
"""

import json
import os
import re

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper

HERE = os.path.dirname(os.path.abspath(__file__))
FLOAT, INT, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL
WARM_UP, CALLS = 2, 4


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def node(operator, inputs, outputs, name, **attributes):
    return helper.make_node(operator, inputs, outputs, name=name, **attributes)


def graph():
    positive = helper.make_graph(
        [node("Exp", ["scaled"], ["e"], "then exp"), node("MatMul", ["e", "e"], ["p"], "then product")],
        "positive",
        [],
        [value("p", FLOAT, [64, 64])],
    )
    negative = helper.make_graph([node("Neg", ["scaled"], ["q"], "else neg")], "negative", [], [value("q", FLOAT, [64, 64])])
    often = helper.make_graph([node("Tanh", ["carried"], ["t"], "odd tanh")], "often", [], [value("t", FLOAT, [64, 64])])
    seldom = helper.make_graph([node("Sqrt", ["one"], ["u"], "even sqrt")], "seldom", [], [value("u", FLOAT, [64, 64])])
    body = helper.make_graph(
        [
            node("Mod", ["turn", "two"], ["rest"], "body rest"),
            node("Cast", ["rest"], ["odd"], "body odd", to=BOOL),
            node("If", ["odd"], ["chosen"], "body if", then_branch=often, else_branch=seldom),
            node("Add", ["carried", "chosen"], ["next"], "body add"),
            node("Identity", ["go"], ["still"], "body go"),
        ],
        "body",
        [value("turn", INT, []), value("go", BOOL, []), value("carried", FLOAT, [64, 64])],
        [value("still", BOOL, []), value("next", FLOAT, [64, 64])],
    )
    constants = [
        helper.make_tensor("one", FLOAT, [64, 64], np.ones(4096)),
        helper.make_tensor("zero", FLOAT, [], [0]),
        helper.make_tensor("two", INT, [], [2]),
        helper.make_tensor("turns", INT, [], [3]),
        helper.make_tensor("true", BOOL, [], [True]),
    ]
    nodes = [
        node("Mul", ["x", "one"], ["scaled"], "scale"),
        node("ReduceSum", ["scaled"], ["sum"], "sum", keepdims=0),
        node("Greater", ["sum", "zero"], ["is_positive"], "compare"),
        node("If", ["is_positive"], ["branched"], "if", then_branch=positive, else_branch=negative),
        node("Loop", ["turns", "true", "branched"], ["looped"], "loop", body=body),
        node("MatMul", ["looped", "looped"], ["y"], 'a "last" product'),
    ]
    return helper.make_graph(nodes, "golden", [value("x", FLOAT, [64, 64])], [value("y", FLOAT, [64, 64])], constants)


INSIDE = {
    "then exp": "if",
    "then product": "if",
    "else neg": "if",
    "body rest": "loop",
    "body odd": "loop",
    "body if": "loop",
    "body add": "loop",
    "body go": "loop",
    "odd tanh": "body if",
    "even sqrt": "body if",
}


def record():
    options = onnxruntime.SessionOptions()
    options.enable_profiling = True
    options.profile_file_prefix = "/tmp/operators"
    options.intra_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    model = helper.make_model(graph(), opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    for call in range(WARM_UP + CALLS):
        session.run(None, {"x": np.full((64, 64), 0.01 if call % 2 else -0.01, np.float32)})
    return session.end_profiling()


def summed(text):
    """Whole calls by the order of the file; the inner nodes of a node are known by their names."""
    number = lambda key, line: int(re.search(rf'"{key}" :(\d+)', line).group(1))
    calls, current = [], {}
    for line in text.splitlines():
        name = re.search(r'"name" :"(.*)_kernel_time","args"', line)
        if name:
            current.setdefault(name.group(1), []).append(number("dur", line))
        elif '"model_run"' in line:
            calls.append((number("dur", line), current))
            current = {}
    counted = calls[WARM_UP:]
    names = sorted({name for _, nodes in counted for name in nodes})
    total = {name: sum(sum(nodes.get(name, [])) for _, nodes in counted) for name in names}
    inner = {name: sum(total[n] for n in names if INSIDE.get(n) == name) for name in names}
    return {
        "warmUp": WARM_UP,
        "calls": len(counted),
        "callMicroseconds": sum(duration for duration, _ in counted),
        "nodes": {
            path(name): {
                "events": sum(len(nodes.get(name, [])) for _, nodes in counted),
                "microseconds": total[name] - inner[name],
            }
            for name in names
        },
    }


def path(name):
    return f"{path(INSIDE[name])} > {name}" if name in INSIDE else name


if __name__ == "__main__":
    file = record()
    with open(file) as handle:
        text = handle.read()
    os.remove(file)
    with open(os.path.join(HERE, "operators-profile.json"), "w") as handle:
        handle.write(text)
    with open(os.path.join(HERE, "operators.json"), "w") as handle:
        json.dump(summed(text), handle, indent=1)
        handle.write("\n")
