"""Writes the student's model card, .json and .md, from what was measured.

Usage: python -m ethanol.card CHECKPOINT EXAMINED.json OUT (without ending)
"""

import json
import sys
from pathlib import Path

import torch

from card_page import page
from ethanol import train
from ethanol.network import CUTOFF, LAYERS, SYMBOLS, WIDTH

DATA = (
    "One molecule of ethanol with GFN2-xTB (J. Chem. Theory Comput. 15, 1652; tblite 0.8.0): Langevin trajectories at 100-1500 K from the "
    "trans and both gauche conformers; frames of them rattled and scaled, or with one bond stretched or pressed. Split by trajectory. "
    "Pairs of atoms pushed together and atoms alone, to train only. Frames with a force over 100 eV/A are left out."
)
CAVEATS = [
    "It learns GFN2-xTB, not experiment: where GFN2-xTB is wrong, so is it.",
    "It knows one molecule of ethanol. Other molecules of H, C and O, two molecules, and bonds that break give finite numbers that mean little.",
    "The file gives the energy alone, as PyTorch's exporter wrote it (PyTorch itself exports no gradient); forces come from differentiating the graph.",
    "The energy is absolute, with that of the atoms alone as GFN2-xTB has it, and in float64: in float32 its last digit would be 3e-5 eV.",
    "An element but H, C and O gives NaN; a half list of pairs is not noticed.",
]
WORDS = {
    "errors": "The split is by trajectory; the row `test 300 and 500 K` is the headline.",
    "gradient": "Relative errors: PyTorch's autograd in float64 against finite differences, and the file, differentiated by mdbench, against PyTorch in float64.",
    "nve": "One molecule, 0.5 fs, velocity Verlet, total energy in eV/atom.",
}


def card(saved, examined):
    """The card as a dictionary."""
    return {
        "id": "ethanol-student",
        "title": "Ethanol student",
        "description": f"PaiNN in {LAYERS} layers with {WIDTH} channels, learned from GFN2-xTB energies and forces of ethanol; an energy alone, as PyTorch exports it.",
        "elements": list(SYMBOLS),
        "cutoff": CUTOFF,
        "units": {"length": "angstrom", "energy": "eV"},
        "precision": "float32; atomic energies are summed in float64",
        "edges": "full list in any order; pairs beyond the cutoff contribute exactly zero",
        "parameters": sum(value.numel() for name, value in saved["network"].items() if name not in train.FIXED),
        "seed": train.SEED,
        "training": {
            "data": DATA,
            "frames": examined["frames"],
            "target": "energies and forces of GFN2-xTB",
            "steps": saved["steps"],
            "framesPerStep": train.BATCH,
            "optimizer": f"SOAP, learning rate {train.RATE}, cosine schedule",
            "loss": f"mean square force error, softened where forces exceed {train.SOFTENING} eV/A, plus {train.ENERGY_WEIGHT:g} times the mean square energy error per atom",
        },
        "errors": {"student-against-teacher": examined["errors"]},
        "errorsNote": "Measured with this file in ONNX Runtime; `train` is every eighth training frame. In the data: eV/atom and eV/A.",
        "gradient": examined["gradient"],
        "cutoffStep": examined["cutoffStep"],
        "refuses": examined["refuses"],
        "nve": examined["nve"],
        "cost": examined["cost"],
        "costNote": "Energy and forces in ONNX Runtime, one thread, one x86-64 machine that did other work as well: only ratios carry over",
        "madeBy": "benchmarks/models/training/ethanol",
        "license": "MIT",
        "caveats": CAVEATS,
    }


if __name__ == "__main__":
    checkpoint, examined, out = sys.argv[1:]
    made = card(torch.load(checkpoint), json.loads(Path(examined).read_text()))
    Path(f"{out}.json").write_text(json.dumps(made, indent=2) + "\n")
    Path(f"{out}.md").write_text(page(made, WORDS))
