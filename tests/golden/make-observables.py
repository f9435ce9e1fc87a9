"""Writes observables.json: radial distributions and velocity autocorrelations computed without mdbench.

Brute force over all images in numpy, ASE's get_rdf where the cell is large enough for it, autocorrelation as the plain
double loop, its spectrum with scipy's Hann window. Needs numpy, scipy, ase >= 3.28: python make-observables.py > observables.json
"""

import itertools
import json
import sys

import numpy as np
from ase import Atoms
from ase.geometry.rdf import get_rdf
from scipy.signal.windows import hann

random = np.random.default_rng(20240518)


def rounded(values, digits=13):
    return [float(f"{value:.{digits}g}") for value in np.ravel(values)]


def ordered_distances(positions, cell, pbc, kinds, a, b, cutoff):
    """Every ordered pair (i of kind a, j of kind b, image) nearer than the cutoff, by sheer number of images."""
    reach = [range(-4, 5) if periodic else [0] for periodic in pbc]
    found = []
    for shift in itertools.product(*reach):
        moved = positions[kinds == b] + np.array(shift) @ cell
        separation = np.linalg.norm(moved[None, :, :] - positions[kinds == a][:, None, :], axis=2)
        if a == b and shift == (0, 0, 0):
            np.fill_diagonal(separation, np.inf)
        found.append(separation[separation < cutoff])
    return np.concatenate(found)


def brute_force(frames, cell, pbc, kinds, a, b, cutoff, bins):
    counts = np.zeros(bins)
    edges = np.linspace(0, cutoff, bins + 1)
    for positions in frames:
        counts += np.histogram(ordered_distances(positions, cell, pbc, kinds, a, b, cutoff), edges)[0]
    if not all(pbc):
        return counts / (counts.sum() * cutoff / bins)
    shells = 4 / 3 * np.pi * np.diff(edges**3)
    density = (kinds == b).sum() / abs(np.linalg.det(cell))
    return counts / (len(frames) * (kinds == a).sum() * density * shells)


def radial():
    cell = np.array([[8.27, 0, 0], [-3.1, 7.9, 0], [2.2, 1.7, 9.3]])
    kinds = np.array([8] * 9 + [11] * 14 + [17] * 7)
    random.shuffle(kinds)
    frames = random.uniform(-0.5, 1.5, (4, len(kinds), 3)) @ cell
    cutoff, bins = 9.0, 45
    pairs = {"O-Na": (8, 11), "O-O": (8, 8), "Na-Na": (11, 11), "Na-Cl": (11, 17), "O-Cl": (8, 17), "Cl-Cl": (17, 17)}
    by_pair = lambda chosen, pbc: {
        name: rounded(brute_force(chosen, cell, pbc, kinds, a, b, cutoff, bins)) for name, (a, b) in pairs.items()
    }
    near, near_bins = 3.0, 15
    images = [Atoms(kinds, positions, cell=cell, pbc=True) for positions in frames]
    return {
        "cell": rounded(cell),
        "numbers": kinds.tolist(),
        "frames": [rounded(frame, 17) for frame in frames],
        "cutoff": cutoff,
        "width": cutoff / bins,
        "periodic": by_pair(frames, (True, True, True)),
        "firstHalf": by_pair(frames[:2], (True, True, True)),
        "slab": by_pair(frames, (True, True, False)),
        "open": by_pair(frames, (False, False, False)),
        "ase": {
            "cutoff": near,
            "width": near / near_bins,
            "pairs": {
                name: rounded(get_rdf(images, near, near_bins, elements=pair, no_dists=True))
                for name, pair in pairs.items()
            },
        },
    }


def correlate(velocities, masses, lags):
    """velocities (time, atom, 3)"""
    samples = len(velocities)
    raw = [
        np.mean([np.sum(masses[:, None] * velocities[t] * velocities[t + lag]) for t in range(samples - lag)])
        for lag in range(lags + 1)
    ]
    return np.array(raw) / raw[0]


def spectrum(correlation, interval, intervals):
    count = len(correlation)
    windowed = correlation * hann(2 * count + 1)[count : 2 * count]
    frequencies = np.arange(intervals + 1) * 1000 / (2 * intervals * interval)
    times = interval * np.arange(count)
    power = windowed[0] + 2 * np.cos(2 * np.pi * np.outer(frequencies / 1000, times[1:])) @ windowed[1:]
    return frequencies, power / np.trapezoid(power, frequencies)


def velocities():
    samples, atoms, lags, interval = 101, 5, 32, 3.0
    masses = np.array([1.008, 15.999, 28.085, 1.008, 35.45])
    values = np.zeros((samples + 50, atoms, 3))
    for t in range(2, samples + 50):
        values[t] = 1.6 * values[t - 1] - 0.9 * values[t - 2] + 0.01 * random.normal(size=(atoms, 3))
    values = values[50:].astype(np.float32).astype(float)
    parts = {"whole": values, "first": values[:50], "second": values[50:]}
    curves = {name: correlate(part, masses, min(lags, 49)) for name, part in parts.items()}
    spectra = {name: spectrum(curve, interval, 40) for name, curve in curves.items()}
    return {
        "masses": masses.tolist(),
        "velocities": rounded(values, 17),
        "interval": interval,
        "lags": lags,
        "intervals": 40,
        "correlation": {name: rounded(curve) for name, curve in curves.items()},
        "spectrumWidth": float(spectra["whole"][0][1]),
        "spectrum": {name: rounded(power) for name, (_, power) in spectra.items()},
    }


json.dump({"radial": radial(), "velocities": velocities()}, sys.stdout)
