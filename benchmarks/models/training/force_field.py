"""The ONNX graph of a teacher or student: an edge list in, energy, forces and virial out. Units: A, eV, eV/A.

Edges sorted by center are laid out as n rows of m slots, so that all that follows is dense; an unused slot holds
a vector beyond the cutoff, where every radial function and its slope are exactly zero.
"""

import numpy as np
from onnx import TensorProto

from architecture import CUTOFF, INVARIANTS, LEFT, LENGTH, RIGHT, SHIFT
from onnx_graph import Graph, Value

ONE = 8.0  # fills unused slots and stands in a fourth column for the number one: (8, 8, 8) A is beyond the cutoff
SILICON, ELEMENTS = 14, 119


def rows(graph, numbers, owner, spare):
    """For edges grouped by `owner` (e,): the edge in each slot (n, m), or e where there is none.

    Also the number of each owner's first edge, (n,), and m, which is at least 1. The last `spare` slots are unused.
    """
    zero, one = graph.constant(0, "int64"), graph.constant(1, "int64")
    axis = graph.constant([1], "int64")
    zeros = graph.node("Sub", [numbers, numbers], ("n",))
    ones = graph.node("Add", [graph.node("Sub", [owner, owner], ("e",)), one], ("e",))
    degree = graph.node("ScatterElements", [zeros, owner, ones], ("n",), axis=0, reduction="add")
    end = graph.node("CumSum", [degree, zero], ("n",))
    first = graph.node("Sub", [end, degree], ("n",))
    largest = graph.node("ReduceMax", [degree], (), keepdims=0)
    width = graph.node("Add", [largest, one], ()) if spare else graph.node("Max", [largest, one], ())
    column = graph.node("Range", [zero, width, one], ("m",))
    edge = graph.node("Add", [graph.node("Unsqueeze", [first, axis], ("n", 1)), column], ("n", "m"))
    used = graph.node("Less", [edge, graph.node("Unsqueeze", [end, axis], ("n", 1))], ("n", "m"))
    return graph.node("Where", [used, edge, graph.node("Shape", [owner], (1,))], ("n", "m")), first, width


def arrivals(graph, numbers, center, other, first, width):
    """The slots that point to each atom, (n, m'), as positions in the flattened (n, m); the rest name an unused slot."""
    count = graph.node("Shape", [other], (1,))
    sort = {"outputs": 2, "axis": 0, "largest": 0, "sorted": 1}
    owner, order = (graph.node("TopK", [other, count], ("e",), output, **sort) for output in (0, 1))
    zero, one = graph.constant(0, "int64"), graph.constant(1, "int64")
    edge = graph.node("Range", [zero, graph.node("Squeeze", [count], ()), one], ("e",))
    row = graph.node(
        "Sub", [graph.node("Mul", [center, width], ("e",)), graph.node("Gather", [first, center], ("e",), axis=0)], ("e",)
    )
    slot = graph.node("Gather", [graph.node("Add", [row, edge], ("e",)), order], ("e",), axis=0)
    last = graph.node("Unsqueeze", [graph.node("Sub", [width, one], ()), graph.constant([0], "int64")], (1,))
    slots = rows(graph, numbers, owner, 0)[0]
    return graph.node("Gather", [graph.node("Concat", [slot, last], ("e1",), axis=0), slots], ("n", "m2"), axis=0)


def received(graph, sent, arriving):
    """The sum (n, c) over the pairs that point to each atom, of values (n, m, c) held by their centers."""
    flat = graph.reshape(sent, ("nm", sent.shape[2]))
    return graph.total(graph.node("Gather", [flat, arriving], ("n", "m2", sent.shape[2]), axis=0), 1)


def signs(graph, numbers, center):
    """Minus one for each atom (n, 1); not a number for another element than silicon, and for all if edges are unsorted."""
    table = np.full((ELEMENTS, 1), np.nan)
    table[SILICON] = -1
    sign = graph.node("Gather", [graph.constant(table), numbers], ("n", 1), axis=0)
    ends = [graph.constant([k], "int64") for k in (0, 1, -1, 2**62)]
    before = graph.node("Slice", [center, ends[0], ends[2], ends[0]], ("e",))
    after = graph.node("Slice", [center, ends[1], ends[3], ends[0]], ("e",))
    wrong = graph.node("Cast", [graph.node("Less", [after, before], ("e",))], ("e",), to=7)
    wrong = graph.node("ReduceSum", [wrong], (), keepdims=0)
    wrong = graph.node("Greater", [wrong, graph.constant(0, "int64")], ())
    return graph.node("Add", [sign, graph.node("Where", [wrong, graph.constant(np.nan), graph.constant(0)], ())], ("n", 1))


def network(graph, parameters, vectors, gather):
    """Energies (n, 1) without SHIFT of vectors (n, m, 4), whose last column is ONE; gather(features) fetches (n, m, c)."""
    four = np.array([1 / LENGTH] * 3 + [1 / ONE])
    centers, widths = parameters["centers"], parameters["widths"]
    squares = graph.multiply(vectors, vectors)
    offset = np.vstack([np.tile(widths / CUTOFF**2, (3, 1)), -centers * widths / ONE**2])
    envelope = np.tile([[-1 / CUTOFF**2]] * 3 + [[1 / ONE**2]], len(centers))
    offset = graph.dense(squares, offset)
    radial = graph.multiply(
        graph.exp(graph.negative(graph.multiply(offset, offset))), graph.cubed_above_zero(graph.dense(squares, envelope))
    )
    left, right = (np.roll(side, -1, axis=1).T * four[:, None] for side in (LEFT, RIGHT))
    moments = graph.swapped(graph.multiply(graph.dense(vectors, left), graph.dense(vectors, right)))
    features, energies = None, None
    for layer in range(sum(name.startswith("first") for name in parameters)):
        weight = {name: parameters[f"{name}{layer}"] for name in ("input", "first", "bias", "energy", "linear")}
        if layer == 0:
            density = graph.dense(graph.matmul(moments, radial), weight["input"])
        else:
            density = graph.matmul(moments, graph.multiply(graph.dense(radial, weight["input"]), gather(features)))
        channels = density.shape[2]
        # Row 0 is kept as it is, the others are squared.
        kept = np.zeros((10, channels))
        kept[0] = 1
        factor = graph.add(graph.multiply(density, graph.constant(1 - kept)), graph.constant(kept))
        products = graph.grouped(graph.multiply(density, factor), INVARIANTS)
        invariants = graph.reshape(products, ("n", 3 * channels))
        before = graph.dense(invariants, weight["first"][: 3 * channels], weight["bias"])
        energy = graph.dense(invariants, weight["linear"][: 3 * channels])
        if layer:
            before = graph.add(before, graph.dense(features, weight["first"][-channels:]))
            energy = graph.add(energy, graph.dense(features, weight["linear"][-channels:]))
        hidden = graph.silu(before)
        energy = graph.add(energy, graph.dense(hidden, weight["energy"]))
        energies = energy if energies is None else graph.add(energies, energy)
        if f"second{layer}" in parameters:
            update = graph.dense(hidden, parameters[f"second{layer}"], parameters[f"second_bias{layer}"])
            features = update if features is None else graph.add(features, update)
    return energies


def build(parameters, title, metadata, real="float32"):
    """The model of the given parameters (arrays by name), with real numbers of type `real`."""
    parameters = {name: np.asarray(value, np.float64) for name, value in parameters.items()}
    graph = Graph(real)
    inputs = {
        "positions": (real, ("n", 3)),
        "atomic_numbers": ("int64", ("n",)),
        "idx_i": ("int64", ("e",)),
        "idx_j": ("int64", ("e",)),
        "offsets": (real, ("e", 3)),
    }
    positions, numbers, center, other, offsets = (Value(name, shape) for name, (_, shape) in inputs.items())

    ends = [graph.node("Gather", [positions, index], ("e", 3), axis=0) for index in (other, center)]
    vectors = graph.node("Add", [graph.node("Sub", ends, ("e", 3)), offsets], ("e", 3))
    squared = graph.node("ReduceSumSquare", [vectors], ("e",), axes=[1], keepdims=0)
    inside = graph.node("Less", [squared, graph.constant(CUTOFF**2)], ("e",))
    center, other, vectors = (graph.node("Compress", [v, inside], v.shape, axis=0) for v in (center, other, vectors))

    messages = "first1" in parameters
    slots, first, width = rows(graph, numbers, center, int(messages))
    padded = graph.node("Pad", [vectors, graph.constant([0, 0, 1, 1], "int64"), graph.constant(ONE)], ("e1", 4))
    vectors = graph.node("Gather", [padded, slots], ("n", "m", 4), axis=0)
    padded = graph.node("Pad", [other, graph.constant([0, 1], "int64"), graph.constant(0, "int64")], ("e1",))
    others = graph.node("Gather", [padded, slots], ("n", "m"), axis=0)
    arriving = arrivals(graph, numbers, center, other, first, width) if messages else None

    def gather(features):
        sent = graph.node("Gather", [features, others], ("n", "m", features.shape[1]), axis=0)
        return graph.record(sent, [features], lambda g: received(graph, g, arriving))

    energies = network(graph, parameters, vectors, gather)
    sign = signs(graph, numbers, center)
    negated = graph.node("Cast", [graph.node("Mul", [energies, sign], ("n", 1))], ("n", 1), to=TensorProto.DOUBLE)
    atomic = graph.node("Sub", [graph.constant([SHIFT], "float64"), negated], ("n", 1))
    energy = graph.total(atomic, 0)

    push = graph.columns(graph.gradient(energies, sign, vectors), 0, 3, 2)  # -dE/dv
    flat = graph.reshape(push, ("nm", 3))
    if messages:
        forces = graph.node("Sub", [received(graph, push, arriving), graph.total(push, 1)], ("n", 3))
    else:
        index = graph.node("Concat", [graph.reshape(others, ("nm", 1))] * 3, ("nm", 3), axis=1)  # faster than Expand
        forces = graph.node(
            "ScatterElements", [graph.negative(graph.total(push, 1)), index, flat], ("n", 3), axis=0, reduction="add"
        )
    virial = graph.columns(graph.matmul(graph.swapped(graph.reshape(vectors, ("nm", 4))), flat), 0, 3, 0)
    outputs = {"energy": (energy, "float64", (1,)), "forces": (forces, real, ("n", 3)), "virial": (virial, real, (3, 3))}
    return graph.model(title, inputs, outputs, metadata)
