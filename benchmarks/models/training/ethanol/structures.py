"""What gradients are checked on, and what the golden numbers are of: numbers (n,) and positions (n, 3) in A by name."""

import ase.build
import numpy as np


def structures():
    rng = np.random.default_rng(5)
    atoms = ase.build.molecule("CH3CH2OH")
    numbers, trans = atoms.numbers, atoms.positions.copy()
    atoms.set_dihedral(0, 1, 2, 3, 60, indices=[3])
    gauche = atoms.positions.copy()
    atoms.set_distance(1, 2, 2.4, fix=0, indices=[2, 3])
    water = ase.build.molecule("H2O")
    yield "trans", numbers, shaken(rng, trans, 0.03)
    yield "gauche", numbers, shaken(rng, gauche, 0.03)
    yield "hot", numbers, shaken(rng, trans, 0.12)
    yield "C-O stretched", numbers, atoms.positions
    yield "two molecules", np.tile(numbers, 2), shaken(rng, np.vstack([trans, gauche + [0.5, 4.0, 1.0]]), 0.05)
    yield "water", water.numbers, shaken(rng, water.positions, 0.03)
    yield "pair and atom alone", np.array([6, 8, 1]), np.array([[0, 0, 0], [1.2, 0.2, 0.1], [20.0, 0, 0]])
    yield "atom alone", np.array([8]), np.zeros((1, 3))


def shaken(rng, positions, width):
    return positions + rng.normal(0, width, positions.shape)
