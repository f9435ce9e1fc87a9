"""Writes ../golden/SET.json: inputs, energies, forces and dE/dstrain by PyTorch's autograd in float64."""

import json
import os
import sys

import numpy as np
import torch

from golden_sets import SETS
from signatures import arrays

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden")
LABELS = {"float64": "float", "int64": "int64"}


def main(names):
    os.makedirs(FOLDER, exist_ok=True)
    for name in names or SETS:
        kind = SETS[name]
        network = kind.network(torch.float64)
        cases = [case(network, kind, system) for system in kind.systems]
        made = {"torch": torch.__version__, "numpy": np.__version__}
        units = {"length": kind.length, "energy": kind.energy}
        with open(os.path.join(FOLDER, f"{name}.json"), "w") as file:
            json.dump({"made": made, "units": units, "cutoff": kind.cutoff, "cases": cases}, file, separators=(",", ":"))
            file.write("\n")
        for c in cases:
            print(f"{name}: {c['name']}: E = {c['energy']:.6f}, max |F| = {np.abs(c['forces']).max():.4f}")


def case(network, kind, system):
    inputs = arrays(kind.signature, system)
    energy, gradient, strain, heads = differentiated(network, kind.signature, inputs)
    n = len(system.numbers)
    record = {
        "name": system.name,
        "numbers": system.numbers.tolist(),
        "positions": system.positions.ravel().tolist(),
        "cell": None if system.cell is None else system.cell.ravel().tolist(),
        "charge": system.charge,
        "inputs": {
            name: {"type": LABELS[str(array.dtype)], "dims": list(array.shape), "data": array.ravel().tolist()}
            for name, array in inputs.items()
        },
        "energy": energy,
        "forces": (-gradient.reshape(-1, 3)[:n]).ravel().tolist(),
        "strain": strain.ravel().tolist(),
    }
    return record if heads is None else record | {"forcesOutput": heads.ravel().tolist()}


def differentiated(network, signature, inputs):
    """Energy, dE/dpositions, dE/dstrain, and the forces that are an output of the network itself, if any."""
    strain = torch.zeros((3, 3), dtype=torch.float64, requires_grad=True)
    tensors, positions = [], None
    for entry in signature:
        tensor = torch.tensor(inputs[entry.name])
        if entry.role == "positions":
            tensor.requires_grad_(True)
            positions = tensor
        strained = entry.role in ("positions", "shifts", "cell")
        tensors.append(tensor + tensor @ strain if strained else tensor)
    outputs = network(*tensors)
    outputs = outputs if isinstance(outputs, tuple) else (outputs,)
    energy = outputs[0].sum()
    gradient, by_strain = torch.autograd.grad(energy, (positions, strain), allow_unused=True)
    heads = outputs[1] if len(outputs) > 1 and outputs[1].shape == positions.shape else None
    whole = [torch.zeros(x.shape) if g is None else g for g, x in ((gradient, positions), (by_strain, strain))]
    return energy.item(), whole[0].numpy(), whole[1].numpy(), None if heads is None else heads.detach().numpy()


if __name__ == "__main__":
    main(sys.argv[1:])
