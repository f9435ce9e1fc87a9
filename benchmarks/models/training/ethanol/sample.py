"""Configurations of ethanol with GFN2-xTB energies and forces, split by trajectory. Writes one .npz per group.

Units: A, eV, eV/A, K, fs. Usage: python -m ethanol.sample FOLDER
"""

import sys
from pathlib import Path

import ase.build
import numpy as np
from ase import Atoms, units
from ase.md.langevin import Langevin
from ase.md.velocitydistribution import thermalize_momenta
from tblite.ase import TBLite

SEED = 20261128
TEMPERATURES = (100, 300, 500, 700, 1000, 1500)
SPLITS = ("train",) * 5 + ("validation", "test", "test")  # of the replicates at each temperature
SIZE = 9  # atoms of a frame; missing ones have the number 0 and stand far apart from all others
FAR = 1000.0  # A
LARGEST_FORCE = 100.0  # eV/A; a frame with a larger one is left out
BONDS = ((0, 1), (1, 2), (2, 3), (1, 4), (1, 5), (0, 6), (0, 7), (0, 8))  # of ase.build's ethanol: C C O H H H H H H
LENGTHS = {"HH": 0.74, "CH": 1.09, "OH": 0.96, "CC": 1.54, "CO": 1.43, "OO": 1.48}  # A
DOUBLETS = ("CH", "OH")
FREE = {"H": 2, "C": 3, "O": 3}  # multiplicities of the atoms alone


def trajectories(rng):
    """Langevin dynamics, 60 frames 20 fs apart. Replicates start from trans and both gauche conformers in turn."""
    for temperature in TEMPERATURES:
        for replicate, split in enumerate(SPLITS):
            atoms = ase.build.molecule("CH3CH2OH")
            atoms.set_dihedral(0, 1, 2, 3, 180 + 120 * replicate, indices=[3])
            atoms.positions += rng.normal(0, 0.02, (SIZE, 3))
            atoms.calc = teacher()
            thermalize_momenta(atoms, temperature_K=temperature, rng=rng)
            dynamics = Langevin(atoms, 1.0 * units.fs, temperature_K=temperature, friction=0.02 / units.fs, fixcm=False, rng=rng)
            dynamics.run(300)
            for _ in range(60):
                dynamics.run(20)
                yield split, temperature, atoms.copy()


def distorted(rng, calm):
    """Frames of the trajectories rattled and scaled, or with one bond stretched or pressed; they keep their split."""
    for split, atoms in calm:
        if rng.random() < 0.6:
            atoms.positions = atoms.positions * rng.uniform(0.88, 1.15) + rng.normal(0, rng.uniform(0.02, 0.25), (SIZE, 3))
        else:
            left, right = BONDS[rng.integers(len(BONDS))]
            length = atoms.get_distance(left, right) * rng.uniform(0.6, 2.2)
            atoms.set_distance(left, right, length, fix=0, indices=side(left, right))
        yield split, 0, atoms


def side(left, right):
    """The atoms that hang on `right` when the bond is cut."""
    reached, open_ends = {right}, [right]
    while open_ends:
        end = open_ends.pop()
        for bond in BONDS:
            if end in bond and set(bond) != {left, right}:
                new = set(bond) - reached
                reached |= new
                open_ends += new
    return sorted(reached)


def pairs():
    """Pairs of atoms pushed together, so that the network learns that they repel, and atoms alone. All train."""
    for symbols, bond in LENGTHS.items():
        for length in np.linspace(0.4, 1.05, 40) * bond:
            yield "train", 0, Atoms(symbols, [[0, 0, 0], [length, 0, 0]])
    for symbol in FREE:
        yield "train", 0, Atoms(symbol, [[0, 0, 0]])


def teacher(multiplicity=1):
    return TBLite(method="GFN2-xTB", multiplicity=multiplicity, verbosity=0)


def labelled(frames):
    """Arrays of one group: numbers (k, SIZE), positions, energy, forces, temperature, split."""
    rows = []
    for split, temperature, atoms in frames:
        symbols = str(atoms.symbols)
        atoms.calc = teacher(FREE.get(symbols, 2 if symbols in DOUBLETS else 1))
        try:
            energy, forces = atoms.get_potential_energy(), atoms.get_forces()
        except Exception as error:  # no self-consistent field there
            print(f"left out: {error}", flush=True)
            continue
        if np.abs(forces).max() < LARGEST_FORCE:
            rows.append((*filled(atoms, forces), energy, temperature, split))
    names = ("numbers", "positions", "forces", "energy", "temperature", "split")
    return {name: np.array(column) for name, column in zip(names, zip(*rows))}


def filled(atoms, forces):
    numbers = np.zeros(SIZE, np.int64)
    positions, all_forces = np.zeros((SIZE, 3)), np.zeros((SIZE, 3))
    positions[:, 0] = FAR * np.arange(SIZE)
    numbers[: len(atoms)], positions[: len(atoms)], all_forces[: len(atoms)] = atoms.numbers, atoms.positions, forces
    return numbers, positions, all_forces


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    random = [np.random.default_rng([SEED, index]) for index in range(2)]
    calm = list(trajectories(random[0]))
    picked = [(calm[k][0], calm[k][2].copy()) for k in random[1].permutation(len(calm))[:1200]]
    for name, frames in {"trajectory": calm, "distorted": distorted(random[1], picked), "pair": pairs()}.items():
        arrays = labelled(frames)
        np.savez(folder / f"{name}.npz", **arrays)
        print(name, arrays["positions"].shape, "largest force", float(np.abs(arrays["forces"]).max().round(1)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
