"""Writes the files of jax2onnx, after comparing JAX's own energies and forces in float64 with the golden ones.
Usage: python export_jax.py FOLDER, the folder of weights.py's files."""

import json
import os
import sys

import jax

jax.config.update("jax_enable_x64", True)

import jax.numpy as jnp
import numpy as np
import onnx
from jax2onnx import to_onnx

import in_jax

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SCHNET = ["_atomic_numbers", "_positions", "_idx_i", "_idx_j", "_offsets"]
ZPOS = ["atomic_numbers", "positions"]
FILES = {
    "schnet-jax": (in_jax.schnet, "schnet", SCHNET, False),
    "zpos-jax": (in_jax.ani, "zpos", ZPOS, False),
    "zpos-jax-forces": (in_jax.ani, "zpos", ZPOS, True),
}
ATOMS, EDGES = jax.export.symbolic_shape("atoms, edges")
SHAPES = {
    "_offsets": (EDGES, 3),
    "_idx_i": (EDGES,),
    "_idx_j": (EDGES,),
    "_positions": (ATOMS, 3),
    "positions": (ATOMS, 3),
    "_atomic_numbers": (ATOMS,),
    "atomic_numbers": (ATOMS,),
}


def main(weights):
    for name, (network, golden, inputs, forces) in FILES.items():
        parameters = dict(np.load(os.path.join(weights, f"{golden}.npz")))
        compare(network(parameters), golden, inputs)
        jax.config.update("jax_enable_x64", False)
        energy = network({key: jnp.asarray(value, jnp.float32) for key, value in parameters.items()})
        model = to_onnx(
            with_forces(energy) if forces else energy,
            [jax.ShapeDtypeStruct(SHAPES[x], jnp.float32 if len(SHAPES[x]) == 2 else jnp.int32) for x in inputs],
            opset=18,
            input_names=inputs,
            output_names=["energy", "forces"][: 1 + forces],
        )
        onnx.save(model, os.path.join(FOLDER, f"{name}.onnx"))
        print(f"{name}: {model.ByteSize()} bytes")
        jax.config.update("jax_enable_x64", True)


def with_forces(energy):
    def both(numbers, positions):
        value, gradient = jax.value_and_grad(energy, argnums=1)(numbers, positions)
        return value, -gradient

    return both


def compare(energy, golden, inputs):
    with open(os.path.join(FOLDER, "golden", f"{golden}.json")) as file:
        cases = json.load(file)["cases"]
    for case in cases:
        feeds = [np.array(case["inputs"][x]["data"]).reshape(case["inputs"][x]["dims"]) for x in inputs]
        feeds = [x if case["inputs"][name]["type"] == "float" else x.astype(np.int64) for name, x in zip(inputs, feeds)]
        value, gradient = jax.value_and_grad(energy, argnums=1)(*feeds)
        np.testing.assert_allclose(value, case["energy"], rtol=1e-12, atol=1e-12)
        np.testing.assert_allclose(-np.ravel(gradient), case["forces"], rtol=0, atol=1e-11)


if __name__ == "__main__":
    main(sys.argv[1])
