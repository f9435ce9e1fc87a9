"""Writes ../golden/SET.json: inputs, energies, forces and dE/dstrain by PyTorch's autograd in float64, which is compared
with central differences. Usage: python golden.py [SET...]"""

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
    position = next(entry for entry in signature if entry.role == "positions")
    move = torch.zeros(inputs[position.name].shape, dtype=torch.float64, requires_grad=True)
    strain = torch.zeros((3, 3), dtype=torch.float64, requires_grad=True)
    outputs = evaluated(network, signature, inputs, move, strain)
    energy = outputs[0].sum()
    found = torch.autograd.grad(energy, (move, strain), allow_unused=True)
    gradient, by_strain = [torch.zeros(x.shape) if g is None else g for g, x in zip(found, (move, strain))]
    compare(gradient, lambda x: evaluated(network, signature, inputs, x, strain)[0].sum().item())
    compare(by_strain, lambda x: evaluated(network, signature, inputs, move, x)[0].sum().item())
    heads = outputs[1] if len(outputs) > 1 and outputs[1].shape == move.shape else None
    return energy.item(), gradient.numpy(), by_strain.numpy(), None if heads is None else heads.detach().numpy()


def evaluated(network, signature, inputs, move, strain):
    tensors = []
    for entry in signature:
        tensor = torch.tensor(inputs[entry.name])
        if entry.role == "positions":
            tensor = tensor + move
        strained = entry.role in ("positions", "shifts", "cell")
        tensors.append(tensor + tensor @ strain if strained else tensor)
    outputs = network(*tensors)
    return outputs if isinstance(outputs, tuple) else (outputs,)


def compare(gradient, energy):
    """With central differences, extrapolated twice; steps are made smaller where a kink of the second derivative is near."""

    def difference(at, step):
        x = torch.zeros(gradient.numel(), dtype=torch.float64)
        x[at] = step
        return (energy(x.reshape(gradient.shape)) - energy(-x.reshape(gradient.shape))) / (2 * step)

    def deviation(at, exact, step):
        first, second, third = [difference(at, step / 2**k) for k in range(3)]
        return abs((64 * third - 20 * second + first) / 45 - exact) / max(1, abs(exact))

    for at, exact in enumerate(gradient.flatten().tolist()):
        assert any(deviation(at, exact, step) < 5e-10 for step in (1e-3, 2e-4, 4e-5, 1e-5)), (at, exact)


if __name__ == "__main__":
    main(sys.argv[1:])
