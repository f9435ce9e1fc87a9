"""Velocity Verlet at constant energy with a shipped file: 64 silicon atoms, 1 fs. Units: A, eV, fs, K."""

import ase.build
import numpy as np

import neighbors

MASS = 28.0855  # amu
BOLTZMANN = 8.617333262e-5  # eV/K
ACCELERATION = 9.648533212e-3  # A/fs^2 in (eV/A)/amu
SKIN = 0.6  # A


def kinetic(velocities):
    return 0.5 * MASS / ACCELERATION * np.sum(velocities**2)


def run(session, temperature, steps):
    """Energy conservation over `steps` of 1 fs after 1000 steps in which the velocities are rescaled to `temperature`."""
    atoms = ase.build.bulk("Si", "diamond", a=5.431, cubic=True) * (2, 2, 2)
    cell, rng = atoms.cell[:], np.random.default_rng(temperature)
    x = atoms.positions + rng.normal(0, 0.02, (64, 3))
    v = rng.normal(0, np.sqrt(BOLTZMANN * temperature * ACCELERATION / MASS), (64, 3))
    v -= v.mean(0)
    start, totals, temperatures = x - 2 * SKIN, [], []
    forces = session(x, cell)[1]
    for number in range(-1000, steps):
        v = v + 0.5 * ACCELERATION / MASS * forces
        x = x + v
        if np.abs(x - start).max() > 0.5 * SKIN / np.sqrt(3):
            start, pairs = x, neighbors.full_list(x, cell, session.cutoff + SKIN)
        potential, forces, _ = session.run(x, pairs)
        v = v + 0.5 * ACCELERATION / MASS * forces
        if number < 0 and number % 50 == 0:
            v = v * np.sqrt(1.5 * 63 * BOLTZMANN * temperature / kinetic(v))
        if number >= 0:
            totals.append((potential + kinetic(v)) / 64)
            temperatures.append(kinetic(v) / (1.5 * 63 * BOLTZMANN))
    time = np.arange(steps) / 1000  # ps
    slope, offset = np.polyfit(time, totals, 1)
    return {
        "atoms": 64,
        "picoseconds": steps / 1000,
        "timestepFs": 1.0,
        "meanTemperature": round(float(np.mean(temperatures)), 1),
        "driftPerAtomPerPs": float(f"{slope:.3g}"),
        "fluctuationPerAtom": float(f"{np.std(totals - offset - slope * time):.3g}"),
        "largestDeviationPerAtom": float(f"{np.abs(np.array(totals) - totals[0]).max():.3g}"),
        "finite": bool(np.isfinite(totals).all()),
    }
