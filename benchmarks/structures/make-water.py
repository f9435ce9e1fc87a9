"""Writes the boxes of liquid water of the catalogue as extended XYZ.

    python make-water.py [molecules ...]          (needs numpy, scipy; minutes for 512)

Rigid molecules (O-H 0.9572 A, H-O-H 104.52 degrees) in a cube at 0.997 g/cm3, from a lattice with random orientations,
moved by Monte Carlo with TIP3P (Jorgensen et al., J. Chem. Phys. 79, 926) at 300 K until they are a liquid. Coulomb
forces are cut by the damped shifted force (Fennell and Gezelter, J. Chem. Phys. 124, 234104), which lets a box polarize; the
energy of its dipole in a vacuum (de Leeuw et al., Proc. R. Soc. A 373, 27) prevents that. Seed: the number of molecules.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.special import erfc

HERE = Path(__file__).parent
MASS_O, MASS_H = 15.999, 1.008
AMU_PER_A3 = 1.66053906660  # g/cm3
COULOMB = 332.06371  # kcal A / mol / e2
CHARGES = np.array([-0.834, 0.417, 0.417])
LJ_A, LJ_B = 582.0e3, 595.0  # kcal A12/mol, kcal A6/mol
DAMPING = 0.2  # 1/A
KT = 0.0019872043 * 300.0  # kcal/mol
SWEEPS = 1500
LEAST_OO, LEAST_OH, LEAST_HH = 2.4, 1.5, 1.5  # A, between molecules


def main():
    for molecules in [int(word) for word in sys.argv[1:]] or [64, 216, 512]:
        random = np.random.default_rng(molecules)
        edge = (molecules * (MASS_O + 2 * MASS_H) * AMU_PER_A3 / 0.997) ** (1 / 3)
        sites = lattice(molecules, edge, random)
        accepted = sum(sweep(sites, edge, random) for _ in range(SWEEPS)) / SWEEPS
        while not apart(sites, edge):
            sweep(sites, edge, random)
        energy = 0.5 * sum(interaction(sites, k, sites[k], edge) for k in range(molecules)) / molecules
        print(f"{molecules} molecules: {energy:.2f} kcal/mol each, {accepted:.0%} of the moves accepted")
        write(sites, edge)


def geometry():
    half = np.radians(104.52) / 2
    return 0.9572 * np.array([[0, 0, 0], [np.sin(half), np.cos(half), 0], [-np.sin(half), np.cos(half), 0]])


def lattice(molecules, edge, random):
    side = round(molecules ** (1 / 3))
    assert side**3 == molecules, "a cube number of molecules"
    points = np.stack(np.meshgrid(*[np.arange(side)] * 3, indexing="ij"), -1).reshape(-1, 3)
    return np.array([(point + 0.5) * edge / side + geometry() @ rotation(random, np.pi).T for point in points])


def rotation(random, most):
    """About a random axis by an angle up to `most` (Rodrigues)."""
    axis = random.normal(size=3)
    axis /= np.linalg.norm(axis)
    angle = random.uniform(-most, most)
    k = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    return np.eye(3) + np.sin(angle) * k + (1 - np.cos(angle)) * k @ k


def sweep(sites, edge, random):
    accepted = 0
    stiffness = COULOMB * 2 * np.pi / (3 * edge**3)
    total = sum(dipole(molecule) for molecule in sites)
    for k in random.permutation(len(sites)):
        oxygen = sites[k, 0]
        turned = (sites[k] - oxygen) @ rotation(random, 0.35).T
        trial = oxygen + random.uniform(-0.16, 0.16, 3) + turned
        trial_total = total + dipole(trial) - dipole(sites[k])
        change = interaction(sites, k, trial, edge) - interaction(sites, k, sites[k], edge)
        change += stiffness * (trial_total @ trial_total - total @ total)
        if change <= 0 or random.uniform() < np.exp(-change / KT):
            sites[k] = trial
            total = trial_total
            accepted += 1
    return accepted / len(sites)


def dipole(molecule):
    return CHARGES @ molecule


def interaction(sites, k, molecule, edge):
    """Energy in kcal/mol between `molecule`, in place of molecule k, and all others."""
    cutoff = min(8.5, edge / 2)
    apart = sites[:, 0] - molecule[0]
    shift = -edge * np.round(apart / edge)
    square = np.sum((apart + shift) ** 2, 1)
    square[k] = np.inf
    near = np.flatnonzero(square < (cutoff + 1.9) ** 2)
    oo = square[near][square[near] < cutoff**2]
    between = sites[near][:, None, :, :] + shift[near][:, None, None, :] - molecule[None, :, None, :]
    r = np.sqrt(np.sum(between**2, -1))
    charge = CHARGES[:, None] * CHARGES[None, :]
    at = erfc(DAMPING * cutoff) / cutoff
    slope = at / cutoff + 2 * DAMPING / np.sqrt(np.pi) * np.exp(-((DAMPING * cutoff) ** 2)) / cutoff
    shifted = np.where(r < cutoff, erfc(DAMPING * r) / r - at + slope * (r - cutoff), 0.0)
    return COULOMB * np.sum(charge * shifted) + np.sum(LJ_A / oo**6 - LJ_B / oo**3)


def apart(sites, edge):
    flat = sites.reshape(-1, 3)
    owner = np.repeat(np.arange(len(sites)), 3)
    oxygen = np.tile([True, False, False], len(sites))
    for k in range(len(flat)):
        between = flat - flat[k]
        r = np.sqrt(np.sum((between - edge * np.round(between / edge)) ** 2, 1))
        least = np.where(oxygen, LEAST_OO if oxygen[k] else LEAST_OH, LEAST_OH if oxygen[k] else LEAST_HH)
        if np.any((r < least) & (owner != owner[k])):
            return False
    return True


def write(sites, edge):
    whole = sites - edge * np.floor(sites[:, :1] / edge)
    comment = (
        f'Lattice="{edge} 0 0 0 {edge} 0 0 0 {edge}" Properties=species:S:1:pos:R:3 '
        'source="TIP3P Monte Carlo at 300 K, make-water.py" pbc="T T T"'
    )
    lines = [str(3 * len(sites)), comment]
    for molecule in whole:
        lines += [f"{symbol} {x:.5f} {y:.5f} {z:.5f}" for symbol, (x, y, z) in zip("OHH", molecule)]
    (HERE / f"water{3 * len(sites)}.extxyz").write_text("\n".join(lines) + "\n")


main()
