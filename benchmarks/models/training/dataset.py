"""Configurations of silicon with Stillinger-Weber labels, split by trajectory. Writes one .npz per group.

Units: A, eV, eV/A, K, fs. Usage: python dataset.py FOLDER
"""

import sys
from pathlib import Path

import ase.build
import jax
import numpy as np

import neighbors
import stillinger_weber

jax.config.update("jax_enable_x64", True)

SEED = 20250117
LATTICE = 5.431  # A
MASS = 28.0855  # amu
BOLTZMANN = 8.617333262e-5  # eV/K
ACCELERATION = 9.648533212e-3  # A/fs^2 in (eV/A)/amu
FRICTION = 0.01  # 1/fs
RELIST = 10  # steps between neighbor lists, each of which reaches far beyond the cutoff
LARGEST_FORCE = 40.0  # eV/A; a frame with a larger one is left out

energy_and_forces = jax.jit(stillinger_weber.energy_and_forces)
nearest = jax.jit(neighbors.nearest, static_argnums=2)


def crystal():
    """The 64-atom diamond cell: positions (64, 3) and cell (3, 3)."""
    atoms = ase.build.bulk("Si", "diamond", a=LATTICE, cubic=True) * (2, 2, 2)
    return atoms.positions, atoms.cell[:]


def strained(rng, isotropic, shear):
    """A deformation (3, 3): an isotropic part drawn from the range, a symmetric one of the given width."""
    symmetric = rng.uniform(-shear, shear, (3, 3))
    return np.eye(3) * (1 + rng.uniform(*isotropic)) + (symmetric + symmetric.T) / 2


def advance(positions, velocities, cell, temperatures, rng):
    """Langevin dynamics (BAOAB) at 1 fs, RELIST steps for each entry of `temperatures`; positions and velocities after it."""
    keep = np.exp(-FRICTION)
    for temperature in temperatures:
        listed = nearest(positions, cell, 20)
        width = np.sqrt((1 - keep**2) * BOLTZMANN * temperature * ACCELERATION / MASS)
        forces = np.asarray(energy_and_forces(positions, *listed)[1])
        for _ in range(RELIST):
            velocities = velocities + 0.5 * ACCELERATION / MASS * forces
            positions = positions + 0.5 * velocities
            velocities = keep * velocities + rng.normal(0, width, velocities.shape)
            positions = positions + 0.5 * velocities
            forces = np.asarray(energy_and_forces(positions, *listed)[1])
            velocities = velocities + 0.5 * ACCELERATION / MASS * forces
    return positions, velocities


def trajectory(start, cell, warmup, temperature, frames, every, rng):
    """A list of positions (n, 3), `every` fs apart, after a list of warm-up temperatures, one for each RELIST fs."""
    state = advance(start, np.zeros_like(start), cell, warmup, rng)
    kept = []
    for _ in range(frames):
        state = advance(*state, cell, np.full(every // RELIST, temperature), rng)
        kept.append(state[0])
    return kept


def crystals(rng, removed):
    """Thermal crystals, with `removed` vacancies. Replicates 0-5 train, 6 validates, 7 and 8 test; even ones are unstrained."""
    temperatures = (50, 150, 300, 450, 600, 800, 1000, 1250, 1500) if removed == 0 else (300, 800, 1400)
    for temperature in temperatures:
        for replicate in range(9):
            positions, cell = crystal()
            deform = strained(rng, (-0.04, 0.04), 0.04) if replicate % 2 else np.eye(3)
            kept = np.sort(rng.permutation(64)[removed:])
            start = (positions @ deform)[kept] + rng.normal(0, 0.02, (64 - removed, 3))
            frames = trajectory(start, cell @ deform, [temperature] * 100, temperature, 30, 100, rng)
            split = ["train"] * 6 + ["validation", "test", "test"]
            yield split[replicate], temperature, cell @ deform, frames


def liquids(rng):
    """Melted at 4500 K, brought to a lower temperature at densities of 0.9 to 1.15 of the crystal's."""
    for temperature in (600, 1200, 1800, 2400, 3000):
        for replicate in range(7):
            positions, cell = crystal()
            scale = rng.uniform(0.9, 1.15) ** (-1 / 3)
            warmup = np.concatenate([np.full(250, 4500.0), np.linspace(4500, temperature, 300), np.full(50, temperature)])
            start = positions * scale + rng.normal(0, 0.05, (64, 3))
            frames = trajectory(start, cell * scale, warmup, temperature, 30, 100, rng)
            split = ["train"] * 5 + ["validation", "test"]
            yield split[replicate], temperature, cell * scale, frames


def slabs(rng):
    """Crystals opened along one axis by 6 A of vacuum: two surfaces with dangling bonds."""
    for temperature in (300, 900, 1500):
        for replicate in range(7):
            positions, cell = crystal()
            wide = cell + np.diag([0.0, 0.0, 6.0])
            start = positions + rng.normal(0, 0.02, (64, 3))
            frames = trajectory(start, wide, [temperature] * 100, temperature, 20, 100, rng)
            yield (["train"] * 5 + ["validation", "test"])[replicate], temperature, wide, frames


def rattled(rng):
    """Compressed and rattled crystals and random gases: short distances and few neighbors. Each frame stands alone."""
    for replicate in range(700):
        positions, cell = crystal()
        if replicate % 7 < 5:
            deform = strained(rng, (-0.12, 0.06), 0.05)
            cell, start = cell @ deform, positions @ deform + rng.normal(0, rng.uniform(0.05, 0.35), (64, 3))
        else:
            cell, start = cell * rng.uniform(1.0, 3.0), np.empty((0, 3))
            closest = rng.uniform(1.6, 2.2)
            while len(start) < 64:
                tried = rng.uniform(size=3) @ cell
                gap = start - tried
                gap -= np.round(gap @ np.linalg.inv(cell)) @ cell
                if len(start) == 0 or np.linalg.norm(gap, axis=1).min() > closest:
                    start = np.vstack([start, tried])
        split = ["train"] * 8 + ["validation", "test"]
        yield split[replicate % 10], 0, cell, [start]


def labelled(group):
    """Arrays of one group: positions, cell, energy, forces, temperature, split, trajectory."""
    rows = []
    for number, (split, temperature, cell, frames) in enumerate(group):
        for frame in frames:
            listed = nearest(frame, cell, 40)
            value, forces = energy_and_forces(frame, *listed)
            if np.abs(forces).max() < LARGEST_FORCE:
                rows.append((frame, cell, float(value), np.asarray(forces), temperature, split, number))
    names = ("positions", "cell", "energy", "forces", "temperature", "split", "trajectory")
    return {name: np.array(column) for name, column in zip(names, zip(*rows))}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    groups = {
        "crystal": lambda rng: crystals(rng, 0),
        "vacancy": lambda rng: crystals(rng, 1),
        "liquid": liquids,
        "slab": slabs,
        "rattled": rattled,
    }
    for index, (name, make) in enumerate(groups.items()):
        if (folder / f"{name}.npz").exists():
            continue
        arrays = labelled(make(np.random.default_rng([SEED, index])))
        np.savez(folder / f"{name}.npz", **arrays)
        print(name, arrays["positions"].shape, "largest force", float(np.abs(arrays["forces"]).max().round(1)), flush=True)
