"""The data set as padded arrays for training and for errors. Units: A, eV, eV/A."""

from pathlib import Path

import numpy as np

import architecture
import neighbors

WIDTH = 28  # neighbor slots of an atom
SIZE = 64  # atoms of a frame; a smaller one is filled with atoms that have no neighbors and no weight
GROUPS = ("crystal", "vacancy", "liquid", "slab", "rattled")
FIELDS = ("vectors", "reverse", "energy", "forces", "real")


def padded_frame(positions, cell, energy, forces):
    """One frame: vectors (SIZE, WIDTH, 3), reverse (SIZE * WIDTH,), energy (), forces (SIZE, 3), real (SIZE,)."""
    n = len(positions)
    vectors = np.full((SIZE, WIDTH, 3), [neighbors.FAR, 0.0, 0.0], np.float32)
    reverse = np.arange(SIZE * WIDTH, dtype=np.int32)
    vectors[:n], reverse[: n * WIDTH] = neighbors.padded(positions, cell, architecture.CUTOFF, WIDTH)
    filled = np.zeros((SIZE, 3), np.float32)
    filled[:n] = forces
    return vectors, reverse, np.float32(energy - n * architecture.SHIFT), filled, np.arange(SIZE) < n


def load(folder, split, chosen=lambda group, temperature: True):
    """Frames of a split as arrays by name, with `group` and `temperature`. The energy is without SHIFT."""
    rows = []
    for group in GROUPS:
        arrays = np.load(Path(folder) / f"{group}.npz")
        columns = {name: arrays[name] for name in arrays.files}
        for k in np.flatnonzero(columns["split"] == split):
            if not chosen(group, columns["temperature"][k]):
                continue
            try:
                frame = padded_frame(*(columns[name][k] for name in ("positions", "cell", "energy", "forces")))
            except ValueError:
                continue  # an atom of a strongly compressed frame with more than WIDTH neighbors
            rows.append((*frame, group, columns["temperature"][k]))
    return {name: np.array(column) for name, column in zip((*FIELDS, "group", "temperature"), zip(*rows))}


def batch(frames, picked):
    """The picked frames as one: vectors (b * SIZE, WIDTH, 3), reverse (b * SIZE * WIDTH,), energy (b,), forces, real."""
    start = (np.arange(len(picked), dtype=np.int32) * SIZE * WIDTH)[:, None]
    return {
        "vectors": frames["vectors"][picked].reshape(-1, WIDTH, 3),
        "reverse": (frames["reverse"][picked] + start).reshape(-1),
        "energy": frames["energy"][picked],
        "forces": frames["forces"][picked].reshape(-1, 3),
        "real": frames["real"][picked].reshape(-1),
    }


def errors(predict, frames):
    """RMSE and MAE of energies (eV/atom) and forces (eV/A); predict(batch) gives energies (b,) and forces (b * SIZE, 3)."""
    energy, force = [], []
    for k in range(0, len(frames["energy"]), 8):
        # The last batch repeats its last frame, so that its shape does not change.
        picked = np.minimum(np.arange(k, k + 8), len(frames["energy"]) - 1)
        new = min(8, len(frames["energy"]) - k)
        part = batch(frames, picked)
        energies, forces = (np.asarray(value) for value in predict(part))
        real = part["real"] & (np.arange(8 * SIZE) < new * SIZE)
        atoms = part["real"].reshape(8, SIZE).sum(1)
        energy.append(((energies - part["energy"]) / atoms)[:new])
        force.append((forces - part["forces"])[real].ravel())
    energy, force = np.concatenate(energy).astype(float), np.concatenate(force).astype(float)
    return {
        "frames": len(energy),
        "energyRmsePerAtom": float(np.sqrt(np.mean(energy**2))),
        "energyMaePerAtom": float(np.mean(np.abs(energy))),
        "forceRmse": float(np.sqrt(np.mean(force**2))),
        "forceMae": float(np.mean(np.abs(force))),
        "forceLargest": float(np.abs(force).max()),
    }
