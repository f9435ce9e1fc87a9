"""Examines a shipped file: gradients, cutoff, refusals, NVE runs, cost. Usage: python examine.py FILE.onnx OUT.json [STEPS]

Units: A, eV, fs, K. Each figure is computed from the file alone.
"""

import json
import sys
import time
from pathlib import Path

import ase.build
import numpy as np

import neighbors
from flops import counted
from nve import run
from session import Session

SKIN = 0.6  # A, of the runs at constant energy
STEP, STRAIN = 3e-5, 2e-6  # of the finite differences: A, and the relative stretch


def structures():
    """Name, positions, cell and periodicity of what the gradient is checked on."""
    rng = np.random.default_rng(5)
    cubic = ase.build.bulk("Si", "diamond", a=5.431, cubic=True)
    large, primitive = cubic * (2, 2, 2), ase.build.bulk("Si", "diamond", a=5.431) * (3, 3, 3)
    cell = large.cell[:]

    def shaken(positions, width):
        return positions + rng.normal(0, width, np.shape(positions))

    shear = np.array([[1.03, 0.04, 0.0], [0.04, 0.97, -0.05], [0.0, -0.05, 1.01]])
    yield "crystal", shaken(large.positions, 0.08), cell, True
    yield "vacancy", shaken(large.positions[1:], 0.1), cell, True
    yield "disordered", shaken(large.positions, 0.35), cell, True
    yield "strained", shaken(large.positions @ shear, 0.08), cell @ shear, True
    yield "triclinic", shaken(primitive.positions @ shear, 0.08), primitive.cell[:] @ shear, True
    yield "8 atoms, own images", shaken(cubic.positions, 0.08), cubic.cell[:], True
    yield (
        "2 atoms, own images",
        shaken(ase.build.bulk("Si", "diamond", a=5.431).positions, 0.1),
        ase.build.bulk("Si", "diamond", a=5.431).cell[:],
        True,
    )
    yield "open cluster", shaken(cubic.positions, 0.1), cubic.cell[:], False
    yield "pair and lone atom", np.array([[0, 0, 0], [2.3, 0.2, 0.1], [20.0, 0, 0]]), np.eye(3), False
    yield "lone atom", np.zeros((1, 3)), np.eye(3), False


def directional(session, positions, cell, pbc, rng):
    """Relative error of forces and virial against central differences along random displacements and strains."""
    pairs = neighbors.full_list(positions, cell, session.cutoff + 0.3, pbc)
    _, forces, virial = session.run(positions, pairs)
    worst = {"forces": 0.0, "virial": 0.0}
    for _ in range(3):
        direction = rng.normal(size=positions.shape)
        # Along the forces as well as at random, so that the slope is not small by chance.
        direction = direction / np.linalg.norm(direction) + forces / (np.linalg.norm(forces) + 1e-12)
        ends = [session.run(positions + sign * STEP * direction, pairs)[0] for sign in (1, -1)]
        slope, expected = (ends[0] - ends[1]) / (2 * STEP), -np.sum(forces * direction)
        worst["forces"] = max(worst["forces"], abs(slope - expected) / (np.linalg.norm(forces) + 1e-3))
        strain = rng.normal(size=(3, 3))
        strain += strain.T
        ends = []
        for sign in (1, -1):
            deform = np.eye(3) + sign * STRAIN * strain
            ends.append(session.run(positions @ deform, (*pairs[:2], pairs[2] @ deform))[0])
        slope, expected = (ends[0] - ends[1]) / (2 * STRAIN), -np.sum(virial * strain)
        worst["virial"] = max(worst["virial"], abs(slope - expected) / (np.linalg.norm(virial) + 1e-3))
    return worst


def gradients(path):
    """Per structure: the float64 graph against finite differences, the float32 graph against the float64 one."""
    single, double, rng, table = Session(path), Session(path, double=True), np.random.default_rng(7), {}
    for name, positions, cell, pbc in structures():
        _, exact, virial = double(positions, cell, pbc)
        energy, forces, _ = single(positions, cell, pbc)
        found = directional(double, positions, cell, pbc, rng)
        table[name] = {
            "float64ForcesAgainstDifferences": found["forces"],
            "float64VirialAgainstDifferences": found["virial"],
            "float32ForcesAgainstFloat64": float(np.abs(forces - exact).max() / (np.abs(exact).max() + 1e-3)),
            "netForce": float(np.abs(exact.sum(0)).max()),
            "virialAsymmetry": float(np.abs(virial - virial.T).max()),
            "energyPerAtom": energy / len(positions),
        }
    return table


def cutoff_steps(path):
    """Largest change of energy and force as a third atom crosses the cutoff of a pair by 2e-6 A, in float64."""
    session = Session(path, double=True)
    seen = []
    for distance in (session.cutoff - 1e-6, session.cutoff + 1e-6):
        positions = np.array([[0.0, 0, 0], [2.2, 0, 0], [-distance, 0.0, 0]])
        seen.append(session.run(positions, neighbors.full_list(positions, np.eye(3), session.cutoff + 0.3, False)))
    return {"energy": abs(seen[0][0] - seen[1][0]), "forces": float(np.abs(seen[0][1] - seen[1][1]).max())}


def refusals(path):
    """Whether an unsorted list and an unknown element give no number."""
    session = Session(path)
    _, positions, cell, pbc = next(structures())
    pairs = neighbors.full_list(positions, cell, session.cutoff + 0.3, pbc)
    numbers = np.full(len(positions), 14)
    numbers[5] = 6
    turned = [part[::-1] for part in pairs]
    results = {
        "unsortedEdges": session.session.run(None, session.feeds(positions, turned)),
        "unknownElement": session.session.run(None, session.feeds(positions, pairs, numbers)),
    }
    return {name: bool(np.isnan(energy).all() and np.isnan(forces).any()) for name, (energy, forces, _) in results.items()}


def costs(path):
    """Milliseconds a call (the lower quartile of many) and operations per atom on thermal crystals, one thread, skin 0.5 A."""
    session, rng, table = Session(path), np.random.default_rng(3), {}
    for side in (2, 3, 4, 5):
        atoms = ase.build.bulk("Si", "diamond", a=5.431, cubic=True) * (side, side, side)
        positions = atoms.positions + rng.normal(0, 0.08, atoms.positions.shape)
        feeds = session.feeds(positions, neighbors.full_list(positions, atoms.cell[:], session.cutoff + 0.5))
        spent = []
        for _ in range(60 if side > 3 else 200):
            start = time.perf_counter()
            session.session.run(None, feeds)
            spent.append(time.perf_counter() - start)
        table[len(atoms)] = {"pairs": len(feeds["idx_i"]), "millisecondsPerCall": round(1e3 * np.quantile(spent, 0.25), 4)}
        if side == 2:
            table[len(atoms)]["flopsPerAtom"] = counted(path, feeds) // len(atoms)
    return table


def constant_energy(path, temperature, steps):
    """A run of the 64-atom crystal. Its neighbor list is made anew when an atom may have moved by half the skin."""
    atoms = ase.build.bulk("Si", "diamond", a=5.431, cubic=True) * (2, 2, 2)
    session, cell, listed = Session(path), atoms.cell[:], {}

    def evaluate(x):
        if not listed or np.abs(x - listed["start"]).max() > 0.5 * SKIN / np.sqrt(3):
            listed.update(start=x, pairs=neighbors.full_list(x, cell, session.cutoff + SKIN))
        return session.run(x, listed["pairs"])[:2]

    return run(evaluate, atoms.positions, atoms.get_masses(), temperature, steps)


def main(path, out, steps=10000):
    report = {"gradient": gradients(path), "cutoffStep": cutoff_steps(path), "refuses": refusals(path), "cost": costs(path)}
    print(json.dumps(report, indent=1), flush=True)
    report["nve"] = {f"{temperature} K": constant_energy(path, temperature, int(steps)) for temperature in (300, 1000)}
    print(json.dumps(report["nve"], indent=1))
    Path(out).write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
