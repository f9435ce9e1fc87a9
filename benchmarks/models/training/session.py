"""Runs one of the shipped files: positions in, energy (eV), forces (eV/A) and virial (eV) out."""

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, numpy_helper

import neighbors

SILICON = 14


def upcast(model):
    """A copy of the model with every float32 made float64."""
    model = onnx.ModelProto.FromString(model.SerializeToString())
    for tensor in model.graph.initializer:
        if tensor.data_type == TensorProto.FLOAT:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float64), tensor.name))
    for value in [*model.graph.input, *model.graph.output]:
        if value.type.tensor_type.elem_type == TensorProto.FLOAT:
            value.type.tensor_type.elem_type = TensorProto.DOUBLE
    return model


class Session:
    """A force field of the given file on one thread, in double precision if asked."""

    def __init__(self, path, double=False):
        model = onnx.load(path)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.real = np.float64 if double else np.float32
        self.cutoff = float({entry.key: entry.value for entry in model.metadata_props}["mdbench.cutoff"])
        self.session = onnxruntime.InferenceSession((upcast(model) if double else model).SerializeToString(), options)

    def feeds(self, positions, pairs, numbers=None):
        """The inputs for positions (n, 3) and a full list (idx_i, idx_j, offsets)."""
        center, other, offsets = pairs
        numbers = np.full(len(positions), SILICON) if numbers is None else numbers
        names = ("positions", "atomic_numbers", "idx_i", "idx_j", "offsets")
        kinds = (self.real, np.int64, np.int64, np.int64, self.real)
        return {
            name: np.asarray(value, kind)
            for name, value, kind in zip(names, (positions, numbers, center, other, offsets), kinds)
        }

    def run(self, positions, pairs):
        """Energy, forces (n, 3) and virial (3, 3) with a list that may reach beyond the cutoff."""
        energy, forces, virial = self.session.run(["energy", "forces", "virial"], self.feeds(positions, pairs))
        return float(energy[0]), forces, virial

    def __call__(self, positions, cell, pbc=True):
        return self.run(positions, neighbors.full_list(positions, cell, self.cutoff + 0.3, pbc))
