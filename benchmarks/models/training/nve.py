"""Velocity Verlet at constant energy with a shipped file. Units: A, eV, fs, K."""

import numpy as np

BOLTZMANN = 8.617333262e-5  # eV/K
ACCELERATION = 9.648533212e-3  # A/fs^2 in (eV/A)/amu


def run(evaluate, positions, masses, temperature, steps, timestep=1.0):
    """Energy conservation over `steps` after 1000 steps in which the velocities are rescaled to `temperature`.

    evaluate(positions) gives energy and forces (n, 3); masses (n,) in amu.
    """
    n, rng = len(masses), np.random.default_rng(temperature)
    x = positions + rng.normal(0, 0.02, (n, 3))
    push = ACCELERATION * timestep / np.reshape(masses, (n, 1))
    v = rng.normal(0, 1, (n, 3)) * np.sqrt(BOLTZMANN * temperature * push / timestep)
    v -= (v / push).sum(0) / (1 / push).sum()
    totals, temperatures = [], []
    forces = evaluate(x)[1]
    for number in range(-1000, steps):
        v = v + 0.5 * push * forces
        x = x + timestep * v
        potential, forces = evaluate(x)
        v = v + 0.5 * push * forces
        kinetic = 0.5 * timestep * np.sum(v**2 / push)
        warmth = kinetic / (1.5 * (n - 1) * BOLTZMANN)
        if number < 0 and number % 50 == 0:
            v = v * np.sqrt(temperature / warmth)
        if number >= 0:
            totals.append((potential + kinetic) / n)
            temperatures.append(warmth)
    time = np.arange(steps) * timestep / 1000  # ps
    slope, offset = np.polyfit(time, totals, 1)
    return {
        "atoms": n,
        "picoseconds": steps * timestep / 1000,
        "timestepFs": timestep,
        "meanTemperature": round(float(np.mean(temperatures)), 1),
        "driftPerAtomPerPs": float(f"{slope:.3g}"),
        "fluctuationPerAtom": float(f"{np.std(totals - offset - slope * time):.3g}"),
        "largestDeviationPerAtom": float(f"{np.abs(np.array(totals) - totals[0]).max():.3g}"),
        "finite": bool(np.isfinite(totals).all()),
    }
