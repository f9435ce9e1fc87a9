"""Examines the student: errors over the data, gradients, cutoff, NVE runs, cost. Units: A, eV, fs, K.

Usage: python -m ethanol.examine DATA CHECKPOINT FORCES.onnx OUT.json, the file as `mdbench differentiate` writes it.
"""

import json
import sys
import time
from pathlib import Path

import ase.build
import numpy as np

from ethanol.network import CUTOFF
from ethanol.session import Double, File
from ethanol.structures import structures
from ethanol.train import load
from figures import differences
from nve import run

STEP = 3e-5  # A, of the finite differences
TRAINING_SHARE = 8  # every eighth training frame is looked at


def errors(folder, student):
    """How many frames there are of each split, and the student's errors on them by name."""
    data, rows = load(folder), {}
    parts = {"train": [], "validation": [], "test": []}
    for k, split in enumerate(data["split"]):
        if split == "train" and k % TRAINING_SHARE:
            continue
        real = data["numbers"][k] > 0
        label = (data["energy"][k], data["forces"][k][real])
        rows[k] = {"label": label, "student": student(data["numbers"][k][real], data["positions"][k][real])}
        parts[split].append(k)
    test, calm = np.array(parts["test"]), data["group"] == "trajectory"
    warmth = data["temperature"]
    parts["test 300 and 500 K"] = test[calm[test] & ((warmth[test] == 300) | (warmth[test] == 500))]
    for temperature in np.unique(warmth[calm]):
        parts[f"test {temperature} K"] = test[calm[test] & (warmth[test] == temperature)]
    parts["test distorted"] = test[~calm[test]]
    counts = {split: int((data["split"] == split).sum()) for split in ("train", "validation", "test")}
    return counts, {name: differences([rows[k] for k in part], "student", "label") for name, part in parts.items()}


def gradients(double, student):
    """Per structure, relative: PyTorch in float64 against finite differences, the file against PyTorch in float64."""
    rng, table = np.random.default_rng(7), {}
    for name, numbers, positions in structures():
        energy, forces = double(numbers, positions)
        size, worst = np.linalg.norm(forces) + 1e-3, 0.0
        for _ in range(3):
            direction = rng.normal(size=positions.shape)
            # Along the forces as well as at random, so that the slope is not small by chance.
            direction = direction / np.linalg.norm(direction) + forces / (np.linalg.norm(forces) + 1e-12)
            ends = [double(numbers, positions + sign * STEP * direction)[0] for sign in (1, -1)]
            worst = max(worst, abs((ends[0] - ends[1]) / (2 * STEP) + np.sum(forces * direction)) / size)
        single = student(numbers, positions)
        table[name] = {
            "float64ForcesAgainstDifferences": float(worst),
            "float32ForcesAgainstFloat64": float(np.abs(single[1] - forces).max() / (np.abs(forces).max() + 1e-3)),
            "float32EnergyAgainstFloat64": float(abs(single[0] - energy)),
            "netForce": float(np.abs(forces.sum(0)).max()),
        }
    return table


def cutoff_step(double):
    """Largest change of energy and force as a hydrogen atom crosses the cutoff of a CO pair by 2e-6 A, in float64."""
    seen = [double(np.array([6, 8, 1]), np.array([[0, 0, 0], [1.3, 0, 0], [-r, 0, 0]])) for r in (CUTOFF - 1e-6, CUTOFF + 1e-6)]
    return {"energy": abs(seen[0][0] - seen[1][0]), "forces": float(np.abs(seen[0][1] - seen[1][1]).max())}


def costs(student):
    """Milliseconds a call (the lower quartile of many) of molecules side by side, one thread."""
    atoms, table = ase.build.molecule("CH3CH2OH"), {}
    for count in (1, 4, 16):
        positions = np.vstack([atoms.positions + [0, 0, 4.0 * k] for k in range(count)])
        feeds, spent = student.feeds(np.tile(atoms.numbers, count), positions), []
        for _ in range(300):
            start = time.perf_counter()
            student.session.run(None, feeds)
            spent.append(time.perf_counter() - start)
        table[9 * count] = {"pairs": len(feeds["_idx_i"]), "millisecondsPerCall": round(1e3 * np.quantile(spent, 0.25), 4)}
    return table


def main(folder, checkpoint, path, out):
    student, double, atoms = File(path), Double(checkpoint), ase.build.molecule("CH3CH2OH")
    frames, table = errors(folder, student)
    for name, figures in table.items():
        print(f"{name}: {1e3 * figures['energyRmsePerAtom']:.3f} meV/atom, {figures['forceRmse']:.4f} eV/A", flush=True)
    with np.errstate(all="raise"):
        nve = {
            f"{kelvin} K": run(lambda x: student(atoms.numbers, x), atoms.positions, atoms.get_masses(), kelvin, 20000, 0.5)
            for kelvin in (300, 500, 1000)
        }
    strange = student(np.array([14]), np.zeros((1, 3)))[0]
    report = {
        "frames": frames,
        "errors": table,
        "gradient": gradients(double, student),
        "cutoffStep": cutoff_step(double),
        "refuses": {"unknownElement": bool(np.isnan(strange))},
        "nve": nve,
        "cost": costs(student),
    }
    print(json.dumps({name: report[name] for name in ("gradient", "cutoffStep", "refuses", "nve", "cost")}, indent=1))
    Path(out).write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
