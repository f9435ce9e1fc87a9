"""Trains the student on the teacher's energies and forces. Adam with a cosine schedule, float32, one core.

Usage: python -m ethanol.train DATA OUT.pt STEPS
"""

import sys
import time
from pathlib import Path

import numpy as np
import torch

from ethanol.network import NUMBERS, AllPairs, Network

SEED = 7
RATE = 4e-3
SHARES = {"trajectory": 0.75, "distorted": 0.2, "pair": 0.05}
BATCH = 20
ENERGY_WEIGHT = 10.0  # (eV/atom)^-2 against (eV/A)^-2
SOFTENING = 3.0  # eV/A; an atom's force error counts less where the force itself is larger than this
CLIP = 10.0
WARM_UP = 300  # steps


def load(folder):
    """All frames by name, and `free`, the energies of the atoms alone by their place in NUMBERS."""
    groups = {name: dict(np.load(Path(folder) / f"{name}.npz")) for name in SHARES}
    data = {name: np.concatenate([group[name] for group in groups.values()]) for name in groups["pair"]}
    data["group"] = np.repeat(list(SHARES), [len(group["energy"]) for group in groups.values()])
    alone = (data["numbers"] > 0).sum(1) == 1
    free = {row.max(): energy for row, energy in zip(data["numbers"][alone], data["energy"][alone])}
    data["free"] = np.array([free[number] for number in NUMBERS])
    return data


def batch(data, picked):
    """Tensors of some frames: kinds and real (b * size,), positions and forces (b * size, 3), energy (b,) beside free atoms."""
    numbers = data["numbers"][picked]
    kinds = np.searchsorted(NUMBERS, np.maximum(numbers, 1))
    bound = data["energy"][picked] - np.where(numbers > 0, data["free"][kinds], 0).sum(1)
    single = {"positions": data["positions"][picked], "forces": data["forces"][picked], "energy": bound, "real": numbers > 0}
    return {"kinds": torch.tensor(kinds.reshape(-1))} | {
        name: torch.tensor(value.reshape(-1, *value.shape[2:]), dtype=torch.float32) for name, value in single.items()
    }


def predict(network, part, training=False):
    """Energies (b,) and forces (b * size, 3) of a batch."""
    frames, atoms = len(part["energy"]), len(part["real"])
    positions = part["positions"].requires_grad_()
    atomic = network(part["kinds"], positions, AllPairs(frames, atoms // frames))[:, 0]
    energies = (atomic * part["real"]).reshape(frames, -1).sum(1)
    (gradient,) = torch.autograd.grad(energies.sum(), positions, create_graph=training)
    return energies, -gradient


def loss(network, part):
    energies, forces = predict(network, part, training=True)
    atoms = part["real"].reshape(len(energies), -1).sum(1)
    weight = part["real"] / (1 + (part["forces"] ** 2).sum(1) / SOFTENING**2)
    steep = 1 / (1 + (part["forces"] ** 2).reshape(len(energies), -1).sum(1) / (SOFTENING**2 * atoms))
    energy = (steep * ((energies - part["energy"]) / atoms) ** 2).mean()
    force = (weight[:, None] * (forces - part["forces"]) ** 2).sum() / (3 * part["real"].sum())
    return force + ENERGY_WEIGHT * energy


def rmse(network, data, picked):
    """Energy (eV/atom) and force (eV/A) errors over some frames."""
    energy, force = [], []
    for k in range(0, len(picked), 100):
        part = batch(data, picked[k : k + 100])
        energies, forces = predict(network, part)
        atoms = part["real"].reshape(len(energies), -1).sum(1)
        energy.append(((energies - part["energy"]) / atoms).detach())
        force.append((forces - part["forces"])[part["real"] > 0])
    return torch.cat(energy).pow(2).mean().sqrt().item(), torch.cat(force).pow(2).mean().sqrt().item()


def main(folder, out, steps):
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    rng, data = np.random.default_rng(SEED), load(folder)
    chosen = {name: np.flatnonzero((data["group"] == name) & (data["split"] == "train")) for name in SHARES}
    held = np.flatnonzero((data["split"] == "validation") & (data["group"] == "trajectory"))
    network = Network()
    start_at = batch(data, chosen["trajectory"])
    torch.nn.init.constant_(network.head2.bias, (start_at["energy"].mean() / start_at["real"].sum() * len(start_at["energy"])).item())
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1.0, (k + 1) / WARM_UP) * (0.5 * (1 + np.cos(np.pi * k / steps)) + 1e-3)
    )
    total, start = 0.0, time.time()
    for number in range(1, steps + 1):
        names = rng.choice(list(SHARES), size=BATCH, p=list(SHARES.values()))
        value = loss(network, batch(data, np.array([rng.choice(chosen[name]) for name in names])))
        optimizer.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
        optimizer.step()
        schedule.step()
        total += value.item()
        if number % (steps // 40) == 0:
            energy, force = rmse(network, data, held)
            mean, spent = total / (steps // 40), time.time() - start
            print(f"{number} loss {mean:.3e} validation {1e3 * energy:.2f} meV/atom {force:.4f} eV/A {spent:.0f} s", flush=True)
            total = 0.0
            torch.save({"network": network.state_dict(), "free": torch.tensor(data["free"]), "steps": number}, out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
