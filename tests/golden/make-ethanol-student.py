"""Energies and forces of the ethanol student by PyTorch's autograd in float64, written to ethanol-student.json beside this file.

Needs what benchmarks/models/training/README.md installs for the student, and the checkpoint that it trains:
    python make-ethanol-student.py $WORK/ethanol.pt
"""

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "benchmarks" / "models" / "training"))

from ethanol.session import Double
from ethanol.structures import structures

double, cases = Double(sys.argv[1]), []
for name, numbers, positions in structures():
    positions = positions.round(6)
    energy, forces = double(numbers, positions)
    flat = {"positions": positions.ravel().tolist(), "forces": forces.ravel().round(12).tolist()}
    cases.append({"name": name, "numbers": numbers.tolist(), "energy": energy, **flat})
(HERE / "ethanol-student.json").write_text(json.dumps({"cases": cases}) + "\n")
