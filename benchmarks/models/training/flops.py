"""Counts floating-point operations of a file by running it once with every intermediate value visible.

Products count two per multiply-add; every other operator on real numbers one per element that it writes, sums one
per element that they read. Moving and indexing count nothing.
"""

import numpy as np
import onnx
import onnxruntime

MOVES = {"Gather", "Slice", "Reshape", "Transpose", "Concat", "Pad", "Compress", "Expand", "Cast", "Where"}


def counted(path, feeds):
    """Operations of one call on the given feeds."""
    model = onnx.load(path)
    known = {value.name for value in model.graph.output}
    names = [name for node in model.graph.node for name in node.output]
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names if name not in known)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options)
    values = dict(zip(names, session.run(names, feeds)), **feeds)
    values |= {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    total = 0
    for node in model.graph.node:
        inputs, output = [values[name] for name in node.input], values[node.output[0]]
        if node.op_type in MOVES or not np.issubdtype(output.dtype, np.floating):
            continue
        if node.op_type in ("MatMul", "Gemm"):
            total += 2 * output.size * inputs[0].shape[-1] + (output.size if len(inputs) > 2 else 0)
        elif node.op_type == "ScatterElements":
            total += inputs[2].size
        elif node.op_type == "ReduceSumSquare":
            total += 2 * inputs[0].size
        else:
            total += inputs[0].size if node.op_type == "ReduceSum" else output.size
    return total
