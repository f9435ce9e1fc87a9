"""Errors of the shipped files over the data set. Usage: python errors.py DATA TEACHER.onnx STUDENT.onnx OUT.json"""

import json
import sys
from pathlib import Path

import numpy as np

import neighbors
from figures import differences
from session import Session

GROUPS = ("crystal", "vacancy", "liquid", "slab", "rattled")
TRAINING_SHARE = 8  # every eighth training frame is looked at


def evaluated(folder, sessions):
    """For each frame the energy and forces of the labels and of each session, with its group, split and temperature."""
    for group in GROUPS:
        arrays = np.load(Path(folder) / f"{group}.npz")
        data = {name: arrays[name] for name in arrays.files}
        for k, split in enumerate(data["split"]):
            if split == "train" and k % TRAINING_SHARE:
                continue
            positions, cell = data["positions"][k], data["cell"][k]
            row = {"label": (data["energy"][k], data["forces"][k])}
            pairs = neighbors.full_list(positions, cell, 4.1)
            row |= {name: session.run(positions, pairs)[:2] for name, session in sessions.items()}
            yield group, str(split), int(data["temperature"][k]), row


def main(folder, teacher, student, out):
    rows = list(evaluated(folder, {"teacher": Session(teacher), "student": Session(student)}))
    splits = [split for group in GROUPS for split in np.load(Path(folder) / f"{group}.npz")["split"]]
    found = {"frames": {split: splits.count(split) for split in ("train", "validation", "test")}}
    for left, right in (("teacher", "label"), ("student", "teacher"), ("student", "label")):
        table = found[f"{left}-against-{right}"] = {}
        for split in ("train", "validation", "test"):
            table[split] = differences([row for _, s, _, row in rows if s == split], left, right)
        headline = [row for g, s, t, row in rows if g == "crystal" and s == "test" and 300 <= t <= 1000]
        table["test crystal 300-1000 K"] = differences(headline, left, right)
        for group in GROUPS:
            table[f"test {group}"] = differences([row for g, s, _, row in rows if g == group and s == "test"], left, right)
    Path(out).write_text(json.dumps(found, indent=1))
    for name, table in list(found.items())[1:]:
        for part, figures in table.items():
            print(f"{name} {part}: {1e3 * figures['energyRmsePerAtom']:.3f} meV/atom, {figures['forceRmse']:.4f} eV/A")


if __name__ == "__main__":
    main(*sys.argv[1:])
