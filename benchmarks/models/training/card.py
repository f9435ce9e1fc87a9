"""Writes the model cards, .json and .md, from what was measured. Usage: see README.md

python card.py teacher|student PARAMETERS.npz EXAMINED.json ERRORS.json STEPS OUT (without ending)
"""

import json
import sys
from pathlib import Path

import numpy as np

import architecture
import train
from card_page import page

TITLES = {"teacher": "Silicon teacher", "student": "Silicon student"}
DESCRIPTIONS = {
    "teacher": "Message passing in two layers with 64 channels, learned from Stillinger-Weber energies and forces.",
    "student": "One layer with 16 channels and no messages, learned from the energies and forces of the silicon teacher alone.",
}
CAVEATS = [
    "It learns the Stillinger-Weber model of silicon, not experiment or electronic structure: it is a benchmark's force field, not a material's.",
    "Stillinger-Weber energies are nearly within reach of such networks by construction (pairs, and squares of sums over neighbors), so the errors are smaller than a quantum-mechanical data set would give.",
    "The edge list must be full and sorted by idx_i; an unsorted one gives NaN, as does any element but silicon. A half list is not noticed.",
    "The two entries (i, j) and (j, i) of a pair must have exactly opposite offsets.",
    "Distances under about 1.6 A and forces over 40 eV/A are outside the training data; the row `test rattled` shows how errors grow towards them.",
]
WORDS = {
    "errors": "The split is by trajectory; the row `test crystal 300-1000 K` is the headline.",
    "gradient": "Relative errors: the graph in float64 against finite differences, and as shipped against itself in float64.",
    "nve": "64 atoms, 1 fs, velocity Verlet, total energy in eV/atom.",
}
DATA = (
    "Stillinger-Weber silicon (Phys. Rev. B 31, 5262) at 64 atoms, or 63 with a vacancy: Langevin trajectories of crystals at 50-1500 K, "
    "unstrained or strained by up to 4 %, vacancies at 300-1400 K, liquids and quenched liquids at 600-3000 K, slabs with two surfaces at "
    "300-1500 K; compressed and rattled crystals and random gases. Split by trajectory. Frames with a force over 40 eV/A are left out."
)


def card(kind, parameters, examined, errors, steps):
    """The card as a dictionary."""
    trained = {name: value for name, value in parameters.items() if name not in ("centers", "widths")}
    pairs = ["teacher-against-label"] if kind == "teacher" else ["student-against-teacher", "student-against-label"]
    operations = examined["cost"]["64"]["flopsPerAtom"]
    return {
        "id": f"silicon-{kind}",
        "title": TITLES[kind],
        "description": DESCRIPTIONS[kind],
        "elements": ["Si"],
        "cutoff": architecture.CUTOFF,
        "units": {"length": "angstrom", "energy": "eV", "force": "eV/angstrom", "virial": "eV, -dE/dstrain"},
        "precision": "float32; atomic energies are summed in float64",
        "edges": "full list sorted by idx_i; pairs beyond the cutoff contribute exactly zero",
        "parameters": int(sum(value.size for value in trained.values())),
        "flopsPerAtom": operations,
        "flopsCounted": "energy, forces and virial of a 64-atom crystal: two per multiply-add, one per element of any other operator on real numbers",
        "seed": train.SEED[kind],
        "training": {
            "data": DATA,
            "frames": errors["frames"],
            "target": "labels" if kind == "teacher" else "energies and forces of silicon-teacher on the same frames",
            "steps": steps,
            "framesPerStep": 8,
            "optimizer": f"SOAP, learning rate {train.RATE[kind]}, cosine schedule",
            "loss": f"mean square force error, softened where forces exceed {train.SOFTENING} eV/A, plus {train.ENERGY_WEIGHT:g} times the mean square energy error per atom",
        },
        "errors": {name: errors[name] for name in pairs},
        "errorsNote": "Measured with this file in ONNX Runtime; `train` is every eighth training frame. In the data: eV/atom and eV/A.",
        "gradient": examined["gradient"],
        "cutoffStep": examined["cutoffStep"],
        "refuses": examined["refuses"],
        "nve": examined["nve"],
        "cost": examined["cost"],
        "costNote": "ONNX Runtime, one thread, one x86-64 machine that did other work as well: only ratios carry over",
        "madeBy": "benchmarks/models/training",
        "license": "MIT",
        "caveats": CAVEATS,
    }


if __name__ == "__main__":
    kind, parameters, examined, errors, steps, out = sys.argv[1:]
    made = card(
        kind, np.load(parameters), json.loads(Path(examined).read_text()), json.loads(Path(errors).read_text()), int(steps)
    )
    Path(f"{out}.json").write_text(json.dumps(made, indent=2) + "\n")
    Path(f"{out}.md").write_text(page(made, WORDS))
