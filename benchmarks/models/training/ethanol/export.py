"""Writes the ONNX file of a trained student, as a PyTorch user would: the energy alone. Usage: python -m ethanol.export CHECKPOINT OUT.onnx"""

import sys
import warnings

import onnx
import torch

from ethanol.network import CUTOFF, SYMBOLS, ForceField, Network

INPUTS = {"_atomic_numbers": {0: "atoms"}, "_positions": {0: "atoms"}} | {
    name: {0: "pairs"} for name in ("_idx_i", "_idx_j", "_offsets")
}
METADATA = {
    "title": "Ethanol student, learned from GFN2-xTB",
    "license": "MIT",
    "mdbench.version": "1",
    "mdbench.units.length": "angstrom",
    "mdbench.units.energy": "eV",
    "mdbench.cutoff": str(CUTOFF),
    "mdbench.species": "Z",
    "mdbench.elements": ",".join(SYMBOLS),
    "mdbench.neighbors": "full",
    "mdbench.shifts": "cartesian",
    "mdbench.pbc": "host",
    "mdbench.energy": "total",
}


def trained(checkpoint):
    """The force field with the weights of a checkpoint, in float32."""
    saved = torch.load(checkpoint)
    network = Network()
    network.load_state_dict(saved["network"])
    return ForceField(network, saved["free"].tolist()).eval()


def example():
    """A water molecule: numbers, positions, idx_i, idx_j, offsets."""
    positions = torch.tensor([[0.0, 0.0, 0.1], [0.0, 0.8, -0.5], [0.0, -0.8, -0.5]])
    center, other = torch.tensor([[0, 0, 1, 1, 2, 2], [1, 2, 0, 2, 0, 1]])
    return torch.tensor([8, 1, 1]), positions, center, other, torch.zeros(6, 3)


def main(checkpoint, path):
    warnings.simplefilter("ignore")
    torch.onnx.export(
        trained(checkpoint),
        example(),
        path,
        opset_version=18,
        dynamo=False,
        input_names=list(INPUTS),
        output_names=["energy"],
        dynamic_axes=INPUTS,
    )
    model = onnx.load(path)
    onnx.helper.set_model_props(model, METADATA)
    onnx.save(model, path)
    print(f"{path}: {len(model.graph.node)} nodes, {model.ByteSize() / 1e6:.2f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
