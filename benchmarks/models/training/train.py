"""Trains the teacher on the labels, or the student on the teacher. SOAP with a cosine schedule, float32.

Usage: python train.py teacher|student DATA OUT.npz STEPS [TEACHER.npz]
"""

import sys
import time
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np

import architecture
import frames
import soap

SEED = {"teacher": 11, "student": 12}
RATE = {"teacher": 2e-3, "student": 5e-3}
SHARES = {"crystal": 0.45, "vacancy": 0.1, "liquid": 0.27, "slab": 0.1, "rattled": 0.08}
ENERGY_WEIGHT = 100.0  # (eV/atom)^-2 against (eV/A)^-2
SOFTENING = 3.0  # eV/A; an atom's force error counts less where the force itself is larger than this
CLIP = 10.0
REFRESH = 20  # steps between new axes of the optimizer


def predict(parameters, part):
    """Energies (b,) without SHIFT and forces (b * SIZE, 3) of a batch."""
    energies, forces = architecture.atomic_energies_and_forces(parameters, part["vectors"], part["reverse"])
    return jnp.sum(jnp.reshape(energies * part["real"], (-1, frames.SIZE)), axis=1), forces


def loss(parameters, part):
    energies, forces = predict(parameters, part)
    atoms = part["real"].reshape(-1, frames.SIZE).sum(1)
    energy = jnp.mean(((energies - part["energy"]) / atoms) ** 2)
    weight = part["real"] / (1 + jnp.sum(part["forces"] ** 2, axis=1) / SOFTENING**2)
    force = jnp.mean(weight[:, None] * (forces - part["forces"]) ** 2)
    return force + ENERGY_WEIGHT * energy


@jax.jit
def gradient_of(parameters, part):
    """Loss and its gradient, the norm clipped."""
    value, gradient = jax.value_and_grad(loss)(parameters, part)
    norm = jnp.sqrt(sum(jnp.sum(g**2) for g in gradient.values()))
    return value, jax.tree.map(lambda g: g * jnp.minimum(1.0, CLIP / norm), gradient)


def taught(data, teacher):
    """The frames with the teacher's energies and forces in place of the labels."""
    run = jax.jit(predict)
    data = dict(data, energy=data["energy"].copy(), forces=data["forces"].copy())
    for k in range(0, len(data["energy"]), 8):
        picked = np.minimum(np.arange(k, k + 8), len(data["energy"]) - 1)
        energies, forces = run(teacher, frames.batch(data, picked))
        data["energy"][picked] = energies
        data["forces"][picked] = np.asarray(forces).reshape(8, frames.SIZE, 3)
    return data


def read(path):
    return {name: jnp.asarray(value) for name, value in np.load(path).items()}


def main(kind, folder, out, steps, teacher=None):
    rng = np.random.default_rng(SEED[kind])
    data, held = frames.load(folder, "train"), frames.load(folder, "validation")
    if teacher:
        data, held = taught(data, read(teacher)), taught(held, read(teacher))
    groups = {name: np.flatnonzero(data["group"] == name) for name in SHARES}
    parameters = architecture.initial(architecture.SHAPES[kind], SEED[kind])
    sample = frames.batch(data, rng.permutation(len(data["energy"]))[:16])
    parameters = architecture.whitened(parameters, sample["vectors"], sample["reverse"])
    state, total, start = soap.start(parameters), 0.0, time.time()
    run = jax.jit(predict)
    for number in range(1, steps + 1):
        names = rng.choice(list(SHARES), size=8, p=list(SHARES.values()))
        part = frames.batch(data, np.array([rng.choice(groups[name]) for name in names]))
        rate = RATE[kind] * min(1.0, number / 200) * (0.5 * (1 + np.cos(np.pi * number / steps)) + 1e-3)
        value, gradient = gradient_of(parameters, part)
        parameters, state = soap.step(parameters, state, gradient, float(number), rate)
        if number % REFRESH == 1:
            state = soap.turned(state)
        total += float(value)
        if number % (steps // 40) == 0:
            found = frames.errors(partial(run, parameters), held)
            energy, force = found["energyRmsePerAtom"], found["forceRmse"]
            print(
                f"{number} loss {total / (steps // 40):.3e} validation {1e3 * energy:.3f} meV/atom {force:.4f} eV/A {time.time() - start:.0f} s",
                flush=True,
            )
            total = 0.0
            np.savez(out, **parameters)


if __name__ == "__main__":
    main(*sys.argv[1:4], int(sys.argv[4]), *sys.argv[5:])
