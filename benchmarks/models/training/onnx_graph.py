"""A small ONNX graph writer with reverse mode: every operator is recorded with its vector-Jacobian product.

Shapes are tuples of numbers and names, known while writing. Equal nodes are written once, unused ones not at all.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17
KINDS = {"float32": TensorProto.FLOAT, "float64": TensorProto.DOUBLE, "int64": TensorProto.INT64, "bool": TensorProto.BOOL}


@dataclass(frozen=True)
class Value:
    """A tensor by name, with its shape."""

    name: str
    shape: tuple


class Graph:
    """Nodes, constants and the tape of a graph whose real numbers are of type `real`."""

    def __init__(self, real="float32"):
        self.real = real
        self.nodes, self.known, self.constants, self.tape = [], {}, {}, []

    def constant(self, value, kind=None):
        array = np.asarray(value, kind or self.real, order="C")
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self.constants:
            self.constants[key] = numpy_helper.from_array(array, f"c{len(self.constants)}")
        return Value(self.constants[key].name, array.shape)

    def node(self, operator, inputs, shape, output=0, outputs=1, **attributes):
        """A node that is not differentiated; `shape` is that of its output number `output`."""
        key = (operator, tuple(v.name for v in inputs), tuple(sorted((k, str(v)) for k, v in attributes.items())))
        if key not in self.known:
            name = f"{operator.lower()}{len(self.nodes)}"
            names = [name] if outputs == 1 else [f"{name}_{k}" for k in range(outputs)]
            self.nodes.append(helper.make_node(operator, list(key[1]), names, name, **attributes))
            self.known[key] = self.nodes[-1]
        return Value(self.known[key].output[output], tuple(shape))

    def record(self, result, inputs, *products):
        """Remembers for each input the function from the gradient of `result` to that of the input."""
        self.tape.append((result, inputs, products))
        return result

    def broadcast(self, operator, a, b, to_a, to_b):
        """An elementwise operator; only `b`, if constant, may be stretched, so that no gradient has to be summed back."""
        return self.record(self.node(operator, [a, b], a.shape), [a, b], to_a, to_b)

    def add(self, a, b):
        return self.broadcast("Add", a, b, lambda g: g, lambda g: g)

    def subtract(self, a, b):
        return self.broadcast("Sub", a, b, lambda g: g, self.negative)

    def multiply(self, a, b):
        if a == b:
            two = self.constant(2.0)
            return self.record(self.node("Mul", [a, a], a.shape), [a], lambda g: self.multiply(self.multiply(g, a), two))
        return self.broadcast("Mul", a, b, lambda g: self.multiply(g, b), lambda g: self.multiply(g, a))

    def negative(self, a):
        return self.record(self.node("Neg", [a], a.shape), [a], self.negative)

    def exp(self, a):
        result = self.node("Exp", [a], a.shape)
        return self.record(result, [a], lambda g: self.multiply(g, result))

    def cubed_above_zero(self, a):
        """max(0, a)^3: value, slope and curvature vanish at zero."""
        positive = self.node("Relu", [a], a.shape)
        square = self.node("Mul", [positive, positive], a.shape)
        result = self.node("Mul", [square, positive], a.shape)
        return self.record(result, [a], lambda g: self.multiply(g, self.multiply(square, self.constant(3.0))))

    def silu(self, a):
        """a * sigmoid(a), whose slope is s + a s (1 - s)."""
        gate = self.node("Sigmoid", [a], a.shape)
        result = self.node("Mul", [a, gate], a.shape)

        def product(g):
            rest = self.subtract(result, self.multiply(result, gate))
            return self.multiply(g, self.add(gate, rest))

        return self.record(result, [a], product)

    def dense(self, a, weight, bias=None, backward=False):
        """Rows (..., k) times a constant weight (k, c), or its transpose if `backward`, plus a bias (c,) if `a` has two axes."""
        shape = (*a.shape[:-1], weight.shape[0 if backward else 1])
        if len(a.shape) == 2:
            inputs = [a, self.constant(weight)] + ([] if bias is None else [self.constant(bias)])
            result = self.node("Gemm", inputs, shape, transB=int(backward))
        else:
            result = self.node("MatMul", [a, self.constant(weight.T if backward else weight)], shape)
        return self.record(result, [a], lambda g: self.dense(g, weight, backward=not backward))

    def grouped(self, a, weight):
        """A constant weight (r, k) times each of (n, k, c)."""
        result = self.node("MatMul", [self.constant(weight), a], (a.shape[0], weight.shape[0], a.shape[2]))
        return self.record(result, [a], lambda g: self.grouped(g, weight.T))

    def matmul(self, a, b):
        """Batched product (n, r, k) by (n, k, c)."""
        result = self.node("MatMul", [a, b], (*a.shape[:-1], b.shape[-1]))
        return self.record(result, [a, b], lambda g: self.matmul(g, self.swapped(b)), lambda g: self.matmul(self.swapped(a), g))

    def swapped(self, a):
        """The last two axes exchanged; ONNX Runtime folds it into a neighboring MatMul."""
        axes = [*range(len(a.shape) - 2), len(a.shape) - 1, len(a.shape) - 2]
        result = self.node("Transpose", [a], [a.shape[k] for k in axes], perm=axes)
        return self.record(result, [a], self.swapped)

    def reshape(self, a, shape):
        """A reshape to a shape with at most one name in it."""
        if tuple(shape) == tuple(a.shape):
            return a
        target = self.constant([d if isinstance(d, int) else -1 for d in shape], "int64")
        return self.record(self.node("Reshape", [a, target], shape), [a], lambda g: self.reshape(g, a.shape))

    def total(self, a, axis):
        """The sum over one axis, which goes; not differentiated."""
        shape = [d for k, d in enumerate(a.shape) if k != axis]
        return self.node("ReduceSum", [a, self.constant([axis], "int64")], shape, keepdims=0)

    def columns(self, a, start, stop, axis):
        """a[start:stop] along an axis; not differentiated."""
        limits = [self.constant([k], "int64") for k in (start, stop, axis)]
        return self.node("Slice", [a, *limits], [stop - start if k == axis else d for k, d in enumerate(a.shape)])

    def gradient(self, result, seed, root):
        """The gradient of sum(seed * result) with respect to `root`."""
        depends = {root.name}
        for value, inputs, _ in self.tape:
            if any(v.name in depends for v in inputs):
                depends.add(value.name)
        found = {result.name: seed}
        for value, inputs, products in reversed(self.tape[:]):
            if value.name not in found or value.name not in depends:
                continue
            for source, product in zip(inputs, products):
                if source.name in depends:
                    part = product(found[value.name])
                    found[source.name] = self.accumulated(found[source.name], part) if source.name in found else part
        return found[root.name]

    def accumulated(self, old, new):
        """old + new, inside the Gemm that makes `new` where there is one."""
        node = next(node for node in self.nodes if new.name in node.output)
        if node.op_type == "Gemm" and len(node.input) == 2:
            inputs = [*(Value(name, ()) for name in node.input), old]
            return self.node("Gemm", inputs, new.shape, transB=node.attribute[0].i)
        return self.add(old, new)

    def model(self, title, inputs, outputs, metadata):
        """The ONNX model of inputs {name: (kind, shape)} and outputs {name: (value, kind, shape)}."""
        renamed = {value.name: name for name, (value, _, _) in outputs.items()}
        live, kept = set(renamed), []
        for node in reversed(self.nodes):
            if live & set(node.output):
                live |= set(node.input)
                kept.append(node)
        for node in kept:
            node.input[:] = [renamed.get(name, name) for name in node.input]
            node.output[:] = [renamed.get(name, name) for name in node.output]
        sides = (inputs, {name: rest for name, (_, *rest) in outputs.items()})
        described = [
            [helper.make_tensor_value_info(name, KINDS[kind], shape) for name, (kind, shape) in side.items()] for side in sides
        ]
        constants = [tensor for tensor in self.constants.values() if tensor.name in live]
        graph = helper.make_graph(kept[::-1], title, *described, constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8, producer_name="mdbench")
        helper.set_model_props(model, metadata)
        onnx.checker.check_model(model)
        return model
