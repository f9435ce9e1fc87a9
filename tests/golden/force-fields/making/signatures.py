"""What the inputs of each signature are: tensor name to role, element type ('float' is that of the file), symbolic shape and
the array of a system."""

from collections import namedtuple

import numpy as np

from layers import ELEMENTS
from systems import full_list, neighbor_matrix

Input = namedtuple("Input", "name role type shape make")
SPECIES_INDEX = {number: index for index, number in enumerate(ELEMENTS)}


def of_edges(column, cutoff):
    return lambda system: full_list(system, cutoff)[column]


def ends(cutoff, order):
    return lambda system: np.stack([full_list(system, cutoff)[column] for column in order])


def padded(column, cutoff):
    return lambda system: neighbor_matrix(system, cutoff)[column]


def index(system):
    return np.array([SPECIES_INDEX[number] for number in system.numbers])


def one_hot(system):
    return np.eye(len(ELEMENTS))[index(system)]


def zeros(system):
    return np.zeros(len(system.numbers), dtype=np.int64)


def with_padding_atom(array):
    return np.concatenate([array, np.zeros((1,) + array.shape[1:], array.dtype)])


def lattice(system):
    return np.zeros((3, 3)) if system.cell is None else system.cell


SCHNET = [
    Input("_atomic_numbers", "species", "int64", ["atoms"], lambda s: s.numbers),
    Input("_positions", "positions", "float", ["atoms", 3], lambda s: s.positions),
    Input("_idx_i", "edge-centers", "int64", ["edges"], of_edges(0, 4.0)),
    Input("_idx_j", "edge-neighbors", "int64", ["edges"], of_edges(1, 4.0)),
    Input("_offsets", "shifts", "float", ["edges", 3], of_edges(3, 4.0)),
]
SCHNET_MOLECULES = SCHNET + [Input("_idx_m", "batch", "int64", ["atoms"], zeros)]
EDGE_INDEX = [
    Input("positions", "positions", "float", ["atoms", 3], lambda s: s.positions),
    Input("atomic_numbers", "species", "int64", ["atoms"], lambda s: s.numbers),
    Input("edge_index", "edges", "int64", [2, "edges"], ends(4.0, (0, 1))),
    Input("shifts", "shifts", "float", ["edges", 3], of_edges(3, 4.0)),
]
ANI = [
    Input("species", "species", "int64", [1, "atoms"], lambda s: index(s)[None]),
    Input("coordinates", "positions", "float", [1, "atoms", 3], lambda s: s.positions[None]),
]
ZPOS = [
    Input("atomic_numbers", "species", "int64", ["atoms"], lambda s: s.numbers),
    Input("positions", "positions", "float", ["atoms", 3], lambda s: s.positions),
]
PADDED = [
    Input("coord", "positions", "float", ["rows", 3], lambda s: with_padding_atom(s.positions)),
    Input("numbers", "species", "int64", ["rows"], lambda s: with_padding_atom(s.numbers)),
    Input("nbmat", "neighbor-matrix", "int64", ["rows", "slots"], padded(0, 4.0)),
    Input("charge", "charge", "float", [1], lambda s: np.array([s.charge])),
]
PADDED_PERIODIC = PADDED[:3] + [
    Input("shifts", "neighbor-cell-shifts", "float", ["rows", "slots", 3], padded(1, 4.0)),
    Input("cell", "cell", "float", [3, 3], lattice),
    PADDED[3],
]
MACE = [
    Input("positions", "positions", "float", ["atoms", 3], lambda s: s.positions),
    Input("node_attrs", "species", "float", ["atoms", 4], one_hot),
    Input("edge_index", "edges", "int64", [2, "edges"], ends(4.0, (1, 0))),
    Input("shifts", "shifts", "float", ["edges", 3], lambda s: -of_edges(3, 4.0)(s)),
    Input("batch", "batch", "int64", ["atoms"], zeros),
]
NEQUIP = [
    Input("pos", "positions", "float", ["atoms", 3], lambda s: s.positions),
    Input("edge_index", "edges", "int64", [2, "edges"], ends(4.0, (0, 1))),
    Input("edge_cell_shift", "cell-shifts", "float", ["edges", 3], of_edges(2, 4.0)),
    Input("cell", "cell", "float", [3, 3], lattice),
    Input("atom_types", "species", "int64", ["atoms"], index),
]
OPENMM = [
    Input("positions", "positions", "float", ["atoms", 3], lambda s: s.positions),
    Input("box", "cell", "float", [3, 3], lattice),
]


def arrays(signature, system, float_type=np.float64):
    """Tensor name to array, in the types that a file of this float type takes."""
    return {
        entry.name: np.ascontiguousarray(entry.make(system), dtype=float_type if entry.type == "float" else entry.type)
        for entry in signature
    }


def dynamic_axes(signature):
    return {
        entry.name: {axis: size for axis, size in enumerate(entry.shape) if isinstance(size, str)} for entry in signature
    }
