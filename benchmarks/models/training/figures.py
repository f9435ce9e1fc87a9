"""Error figures. Units: eV/atom, eV/A."""

import numpy as np


def differences(rows, left, right):
    """Error figures between two of the names over rows of {name: (energy, forces)}."""
    energy = np.array([(row[left][0] - row[right][0]) / len(row[left][1]) for row in rows])
    force = np.concatenate([(row[left][1] - row[right][1]).ravel() for row in rows])
    size = np.concatenate([row[right][1].ravel() for row in rows])
    figures = {
        "energyRmsePerAtom": np.sqrt(np.mean(energy**2)),
        "energyMaePerAtom": np.mean(np.abs(energy)),
        "forceRmse": np.sqrt(np.mean(force**2)),
        "forceMae": np.mean(np.abs(force)),
        "forceLargest": np.abs(force).max(),
        "forceRmsOfReference": np.sqrt(np.mean(size**2)),
    }
    return {"frames": len(rows)} | {name: float(f"{value:.4g}") for name, value in figures.items()}
