"""Writes system-extxyz.json, extended XYZ texts as ASE writes them beside what ASE reads back from each, and
system-shortest.json, random atoms in random flat cells with the shortest distance that ASE's neighbor list finds.

    python make-system.py          (needs ase, numpy)

Velocities in A/fs (ASE's constants are those of CODATA 2014); the kinetic energy in eV does not depend on a unit of time.
"""

import io
import json
from pathlib import Path

import ase
import numpy as np
from ase import Atoms
from ase.build import add_adsorbate, bulk, fcc111, molecule
from ase.calculators.singlepoint import SinglePointCalculator
from ase.io import read, write
from ase.neighborlist import neighbor_list
from ase.units import fs

random = np.random.default_rng(7)


def main():
    cases = [written(name, frames) for name, frames in made().items()]
    cases += [received(name, text) for name, text in by_hand().items()]
    save("system-extxyz.json", cases)
    save("system-shortest.json", [shortest(atoms) for atoms in skewed()])


def save(name, cases):
    """One case a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    text = f'{{"ase":"{ase.__version__}","cases":[\n{lines}\n]}}\n'
    (Path(__file__).parent / name).write_text(text)


def made():
    silicon = bulk("Si", cubic=True)
    silicon.positions += random.normal(scale=0.1, size=silicon.positions.shape)
    silicon.set_velocities(random.normal(scale=0.02, size=(8, 3)))

    triclinic = Atoms("GaAsN", positions=random.uniform(-3, 9, (3, 3)), pbc=True)
    triclinic.cell = [[4.1, 0.2, -0.3], [1.9, 3.8, 0.1], [-1.2, 0.7, 5.3]]

    slab = fcc111("Cu", (1, 2, 2), vacuum=None, periodic=False)
    add_adsorbate(slab, "O", 1.5)

    labeled = molecule("CH3CH2OH")
    labeled.calc = SinglePointCalculator(labeled, energy=-1.25, forces=random.normal(size=(9, 3)))
    labeled.info["config_type"] = 'a "quoted" name = 3'
    labeled.new_array("tags_of_mine", np.arange(9))

    heavy = molecule("H2O")
    heavy.set_masses([17.999, 2.014, 2.014])
    heavy.set_velocities(random.normal(scale=0.02, size=(3, 3)))

    fixed = bulk("Al", cubic=True) * (1, 1, 2)
    fixed.set_constraint(ase.constraints.FixAtoms([0, 1]))

    return {
        "silicon-moving": [silicon],
        "triclinic": [triclinic],
        "slab-open-row": [slab],
        "labeled-molecule": [labeled],
        "isotopes": [heavy],
        "move-mask": [fixed],
        "two-frames": [molecule("CH4"), silicon],
    }


def by_hand():
    return {
        "plain": "2\nhydrogen, d = 0.74\nH 0 0 0\nH 0 0 0.74\n",
        "no-comment": "1\n\nAr 1e-3 -2.5E+0 .5\n",
        "columns-shuffled": '2\nProperties=id:I:1:pos:R:3:kept:L:1:Z:I:1:label:S:1 pbc="T F T" '
        'Lattice="5 0 0 0 6 0 0 0 7"\n1 0 0 0 T 14 first\n2 2.5 3 3.5 F 8 second\n',
        "numbers-and-species": "1\nProperties=Z:I:1:species:S:1:pos:R:3\n26 Fe 0 0 0\n",
        "lattice-alone": '1\nLattice="3 0 0 0 3 0 0 0 3"\nPo 0 0 0\n',
        "quotes": "1\nname='it is' Lattice={4 0 0 0 4 0 0 0 4} flag pbc=[T, T, F] E=1=2 Properties=species:S:1:pos:R:3\n"
        "na 0.5 0.5 0.5\n",
    }


def written(name, frames):
    text = io.StringIO()
    write(text, frames, format="extxyz")
    return received(name, text.getvalue())


def received(name, text):
    frames = read(io.StringIO(text), ":", format="extxyz")
    return {"name": name, "text": text, "frames": [facts(atoms) for atoms in frames]}


def facts(atoms):
    return {
        "numbers": atoms.numbers.tolist(),
        "masses": atoms.get_masses().tolist(),
        "positions": atoms.positions.ravel().tolist(),
        "cell": np.asarray(atoms.cell).ravel().tolist(),
        "pbc": atoms.pbc.tolist(),
        "velocities": (atoms.get_velocities() * fs).ravel().tolist(),
        "kineticEnergy": float(atoms.get_kinetic_energy()),
    }


def skewed():
    """Random atoms in random, often very flat cells, under every mix of boundaries."""
    for k in range(24):
        pbc = [bool(k & 1), bool(k & 2), bool(k & 4)]
        count = int(random.integers(1 if any(pbc) else 2, 8))
        cell = np.diag(random.uniform(1, 9, 3)) + np.tril(random.uniform(-9, 9, (3, 3)), -1)
        positions = random.uniform(-20, 20, (count, 3))
        yield Atoms(["Ar"] * count, positions=positions, cell=cell[random.permutation(3)], pbc=pbc)


def shortest(atoms):
    """From ASE's neighbor list within a radius that is sure to hold a pair."""
    radius = 4.0
    while len(found := neighbor_list("d", atoms, radius)) == 0:
        radius *= 2
    return {**facts(atoms), "distance": float(found.min())}


main()
