"""Runs the student: as PyTorch has it in float64, and as the exported file is after `mdbench differentiate`. Units: A, eV."""

import numpy as np
import onnxruntime
import torch

from ethanol.export import INPUTS, trained


def pairs(positions, reach):
    """Full list of the pairs within reach, sorted by center: idx_i, idx_j (e,) and offsets (e, 3) of zeros."""
    distances = np.linalg.norm(positions[None] - positions[:, None], axis=-1)
    center, other = np.nonzero((distances < reach) & ~np.eye(len(positions), dtype=bool))
    return center, other, np.zeros((len(center), 3))


class File:
    """Energy and forces of a differentiated file on one thread."""

    def __init__(self, path):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(path, options)

    def feeds(self, numbers, positions):
        kinds = (np.int64, np.float32, np.int64, np.int64, np.float32)
        values = (numbers, positions, *pairs(positions, 5.5))
        return {name: np.asarray(value, kind) for name, value, kind in zip(INPUTS, values, kinds)}

    def __call__(self, numbers, positions):
        energy, forces = self.session.run(["energy", "forces"], self.feeds(numbers, positions))
        return float(energy[0]), forces


class Double:
    """Energy and forces by PyTorch's autograd, the weights of the checkpoint taken to float64."""

    def __init__(self, checkpoint):
        self.network = trained(checkpoint).double()

    def __call__(self, numbers, positions):
        x = torch.tensor(positions, dtype=torch.float64, requires_grad=True)
        center, other, offsets = (torch.tensor(part) for part in pairs(positions, 5.5))
        energy = self.network(torch.tensor(numbers), x, center, other, offsets)
        return energy.item(), -torch.autograd.grad(energy.sum(), x)[0].numpy()
