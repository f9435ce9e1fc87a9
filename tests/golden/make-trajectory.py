"""A hundred velocity Verlet steps of Lennard-Jones argon by ASE, written to trajectory.json beside this file.

Needs ASE (made with 3.29) and numpy: python3 make-trajectory.py
ASE's own unit of time is A sqrt(amu/eV); the timestep and the velocities go in with the CODATA 2018 factor that mdbench
uses, so that the two trajectories differ by rounding alone.
"""

import json
import pathlib

import numpy as np
from ase import Atoms
from ase.calculators.lj import LennardJones
from ase.md.verlet import VelocityVerlet

PER_FS = np.sqrt(9.648533212331e-3)  # one fs in ASE's unit of time
TIMESTEP, STEPS, EVERY = 2.0, 100, 25


def main():
    rng = np.random.default_rng(4)
    edge = 5.4
    sites = np.array([[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]])
    cells = np.array([[i, j, k] for i in range(2) for j in range(2) for k in range(2)])
    positions = np.round((cells[:, None] + sites[None]).reshape(-1, 3) * edge + rng.normal(scale=0.1, size=(32, 3)), 9)
    velocities = np.round(rng.normal(scale=0.003, size=(32, 3)), 9)
    atoms = Atoms("Ar32", positions=positions, cell=np.eye(3) * 2 * edge, pbc=True)
    atoms.set_masses([39.948] * 32)
    atoms.set_velocities(velocities / PER_FS)
    atoms.calc = LennardJones(epsilon=0.0104, sigma=3.405, rc=8.5125, smooth=False)
    integrator = VelocityVerlet(atoms, timestep=TIMESTEP * PER_FS)
    frames = []
    for step in range(EVERY, STEPS + 1, EVERY):
        integrator.run(EVERY)
        frames.append(
            {
                "step": step,
                "potentialEnergy": atoms.get_potential_energy(),
                "kineticEnergy": atoms.get_kinetic_energy(),
                "positions": atoms.get_positions().ravel().tolist(),
                "velocities": (atoms.get_velocities() * PER_FS).ravel().tolist(),
            }
        )
    golden = {
        "source": "ASE 3.29",
        "number": 18,
        "mass": 39.948,
        "timestep": TIMESTEP,
        "cell": (np.eye(3) * 2 * edge).ravel().tolist(),
        "pbc": [True, True, True],
        "positions": positions.ravel().tolist(),
        "velocities": velocities.ravel().tolist(),
        "frames": frames,
    }
    text = json.dumps(golden).replace('{"step"', '\n{"step"')
    (pathlib.Path(__file__).parent / "trajectory.json").write_text(text + "\n")


main()
