"""Golden neighbor lists from ASE (ase.neighborlist.primitive_neighbor_list), written to neighbors.json.

Run with ase and numpy installed: python make-neighbors.py. Units: A. Every pair is [i, j, Sx, Sy, Sz, distance],
with r_ij = r_j - r_i + S . cell, sorted. Large lists keep counts and sums only.
"""

import json
import pathlib

import numpy as np
from ase import Atoms
from ase.build import bulk, fcc111, graphene, molecule, nanotube
from ase.neighborlist import primitive_neighbor_list

MAX_ROWS = 220


def rattled(atoms, width, seed):
    atoms.positions += np.random.default_rng(seed).normal(0, width, atoms.positions.shape)
    return atoms


def skewed():
    cell = [[4.1, 0.3, 0.0], [3.9, 3.2, 0.2], [-3.0, 2.5, 5.5]]
    return Atoms("Si4", positions=np.random.default_rng(4).uniform(-9, 9, (4, 3)), cell=cell, pbc=True)


def left_handed():
    return Atoms("Si3", positions=np.random.default_rng(5).uniform(-3, 3, (3, 3)),
                 cell=[[0, 4.5, 0.5], [5.0, 0, 0.7], [0.4, 0.2, 4.0]], pbc=True)


def systems():
    slab = rattled(fcc111("Al", (2, 2, 3), vacuum=6.0), 0.05, 3)
    wire = nanotube(4, 0, length=1)
    mixed = Atoms("Ar6", positions=np.random.default_rng(6).uniform(-4, 8, (6, 3)),
                  cell=[[6, 0, 0], [1, 5, 0], [0, 0, 0]], pbc=[True, True, False])
    one_open_first = Atoms("Ar5", positions=np.random.default_rng(7).uniform(-6, 6, (5, 3)),
                           cell=[[9, 1, 1], [0, 4, 2], [0, -1, 5]], pbc=[False, True, True])
    yield "si2-primitive", bulk("Si", "diamond", 5.431), 4.0
    yield "si64-rattled", rattled(bulk("Si", "diamond", 5.431, cubic=True) * (2, 2, 2), 0.1, 1), 5.0
    yield "si54-rhombohedral", rattled(bulk("Si", "diamond", 5.431) * (3, 3, 3), 0.1, 2), 5.0
    yield "cu1-many-images", bulk("Cu", "fcc", 3.6), 5.2
    yield "skewed-far-outside", skewed(), 4.5
    yield "left-handed", left_handed(), 4.0
    yield "al-slab", slab, 3.5
    yield "graphene", graphene(size=(2, 2, 1), vacuum=None), 3.0
    yield "nanotube", wire, 2.7
    yield "water-open", molecule("H2O"), 1.7
    yield "two-periodic", mixed, 4.2
    yield "open-first-direction", one_open_first, 4.7


def golden(name, atoms, cutoff):
    cell = np.array(atoms.cell)
    complete = np.array(atoms.cell.complete())
    i, j, shift, distance = primitive_neighbor_list("ijSd", atoms.pbc, complete, atoms.positions, cutoff)
    order = np.lexsort((*shift.T[::-1], j, i))
    i, j, shift, distance = i[order], j[order], shift[order], distance[order]
    assert np.abs(distance - cutoff).min(initial=1.0) > 1e-6, f"{name}: a shell lies on the cutoff"
    entry = {
        "name": name,
        "cutoff": cutoff,
        "pbc": atoms.pbc.tolist(),
        "cell": cell.ravel().tolist(),
        "positions": [round(float(x), 9) for x in atoms.positions.ravel()],
        "count": len(i),
        "neighborsOfEach": np.bincount(i, minlength=len(atoms)).tolist(),
        "sumOfDistances": float(distance.sum()),
    }
    if len(i) <= MAX_ROWS:
        entry["pairs"] = [[int(a), int(b), *map(int, s), round(float(d), 12)]
                          for a, b, s, d in zip(i, j, shift, distance)]
    return entry


def main():
    rounded = []
    for name, atoms, cutoff in systems():
        atoms.positions = np.round(atoms.positions, 9)
        rounded.append(golden(name, atoms, cutoff))
    target = pathlib.Path(__file__).with_name("neighbors.json")
    target.write_text("[\n" + ",\n".join(json.dumps(entry) for entry in rounded) + "\n]\n")


main()
