"""Trains the student on the teacher's energies and forces. SOAP with a cosine schedule, float32, one core.

Usage: python -m ethanol.train DATA OUT.pt STEPS
"""

import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
import torch

import soap
from ethanol.network import NUMBERS, EdgeList, Network
from ethanol.twin import atomic_energies

SEED = 7
RATE = 4e-3
SHARES = {"trajectory": 0.75, "distorted": 0.2, "pair": 0.05}
BATCH = 12
ENERGY_WEIGHT = 10.0  # (eV/atom)^-2 against (eV/A)^-2
SOFTENING = 3.0  # eV/A; an atom's force error counts less where the force itself is larger than this
CLIP = 10.0
WARM_UP = 200  # steps
REFRESH = 20  # steps between new axes of the optimizer
REPORTS = 40
FIXED = ("centers", "ones")  # what the network holds without learning it


def load(folder):
    """All frames by name, and `free`, the energies of the atoms alone by their place in NUMBERS."""
    groups = {name: dict(np.load(Path(folder) / f"{name}.npz")) for name in SHARES}
    data = {name: np.concatenate([group[name] for group in groups.values()]) for name in groups["pair"]}
    data["group"] = np.repeat(list(SHARES), [len(group["energy"]) for group in groups.values()])
    alone = (data["numbers"] > 0).sum(1) == 1
    free = {row.max(): energy for row, energy in zip(data["numbers"][alone], data["energy"][alone])}
    data["free"] = np.array([free[number] for number in NUMBERS])
    return data


def prepared(data):
    """The arrays of `load` as training takes them: energies beside those of the atoms alone, kinds, which atoms are real."""
    real = data["numbers"] > 0
    kinds = np.searchsorted(NUMBERS, np.maximum(data["numbers"], 1))
    bound = data["energy"] - np.where(real, data["free"][kinds], 0).sum(1)
    single = {"positions": data["positions"], "forces": data["forces"], "energy": bound, "real": real}
    return {"kinds": kinds} | {name: value.astype(np.float32) for name, value in single.items()}


def batch(frames, picked):
    return {name: value[picked] for name, value in frames.items()}


def predict(parameters, part):
    """Energies (b,) and forces (b, n, 3) of a batch."""

    def total(positions):
        energies = (atomic_energies(parameters, part["kinds"], positions) * part["real"]).sum(1)
        return energies.sum(), energies

    (_, energies), gradient = jax.value_and_grad(total, has_aux=True)(part["positions"])
    return energies, -gradient


def loss(parameters, part):
    energies, forces = predict(parameters, part)
    atoms, steepness = part["real"].sum(1), (part["forces"] ** 2).sum(2) / SOFTENING**2
    errors = ((energies - part["energy"]) / atoms) ** 2 / (1 + steepness.sum(1) / atoms)
    weight = part["real"] / (1 + steepness)
    force = (weight[..., None] * (forces - part["forces"]) ** 2).sum() / (3 * atoms.sum())
    return force + ENERGY_WEIGHT * errors.mean()


@jax.jit
def gradient_of(parameters, part):
    """Loss and its gradient, the norm clipped."""
    value, gradient = jax.value_and_grad(loss)(parameters, part)
    norm = jnp.sqrt(sum(jnp.sum(g**2) for g in gradient.values()))
    return value, jax.tree.map(lambda g: g * jnp.minimum(1.0, CLIP / norm), gradient)


def rmse(run, frames, picked):
    """Energy (eV/atom) and force (eV/A) errors over whole molecules."""
    part = batch(frames, picked)
    energies, forces = run(part)
    energy, force = (energies - part["energy"]) / part["real"].sum(1), forces - part["forces"]
    return float(jnp.sqrt(jnp.mean(energy**2))), float(jnp.sqrt(jnp.mean(force**2)))


def initial(frames, calm):
    """The parameters of PyTorch's network, its energies about those of the molecule."""
    torch.manual_seed(SEED)
    parameters = {name: jnp.asarray(value.numpy()) for name, value in Network().state_dict().items()}
    mean = frames["energy"][calm].sum() / frames["real"][calm].sum()
    return parameters | {"head2.bias": jnp.full(1, mean)}


def main(folder, out, steps):
    rng, data = np.random.default_rng(SEED), load(folder)
    frames = prepared(data)
    chosen = {name: np.flatnonzero((data["group"] == name) & (data["split"] == "train")) for name in SHARES}
    held = np.flatnonzero((data["split"] == "validation") & (data["group"] == "trajectory"))
    everything = initial(frames, chosen["trajectory"])
    fixed = {name: everything.pop(name) for name in FIXED}
    parameters = everything
    state, total, start, run = soap.start(parameters), 0.0, time.time(), jax.jit(predict)
    learn = jax.jit(lambda parameters, part: gradient_of(parameters | fixed, part))
    for number in range(1, steps + 1):
        names = rng.choice(list(SHARES), size=BATCH, p=list(SHARES.values()))
        value, gradient = learn(parameters, batch(frames, np.array([rng.choice(chosen[name]) for name in names])))
        rate = RATE * min(1.0, number / WARM_UP) * (0.5 * (1 + np.cos(np.pi * number / steps)) + 1e-3)
        parameters, state = soap.step(parameters, state, {name: gradient[name] for name in parameters}, float(number), rate)
        if number % REFRESH == 1:
            state = soap.turned(state)
        total += float(value)
        if number % (steps // REPORTS) == 0:
            energy, force = rmse(lambda part: run(parameters | fixed, part), frames, held)
            mean, spent = total / (steps // REPORTS), time.time() - start
            print(f"{number} loss {mean:.3e} validation {1e3 * energy:.2f} meV/atom {force:.4f} eV/A {spent:.0f} s", flush=True)
            total = 0.0
            network = {name: torch.tensor(np.asarray(value)) for name, value in (parameters | fixed).items()}
            torch.save({"network": network, "free": torch.tensor(data["free"]), "steps": number}, out)
    print(f"PyTorch's energies differ from JAX's by {twin_error(network, batch(frames, held[:50])):.1e} eV/atom")


def twin_error(weights, part):
    """Largest difference of atomic energies between network.py, which is exported, and its twin, which was trained."""
    network = Network()
    network.load_state_dict(weights)
    frames, size = part["kinds"].shape
    center, other = np.nonzero(np.kron(np.eye(frames), 1 - np.eye(size)))
    pairs = EdgeList(torch.tensor(center), torch.tensor(other), torch.zeros(len(center), 3))
    kinds, positions = (torch.tensor(part[name]).flatten(0, 1) for name in ("kinds", "positions"))
    with torch.no_grad():
        exported = network(kinds, positions, pairs).reshape(frames, size)
    trained = atomic_energies({name: value.numpy() for name, value in weights.items()}, part["kinds"], part["positions"])
    return float(np.abs(exported.numpy() - np.asarray(trained)).max())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
