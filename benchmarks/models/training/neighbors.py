"""Neighbor lists. Displacement r_ij = r_j - r_i + shift; rows of a cell are lattice vectors; units A."""

import itertools

import jax
import jax.numpy as jnp
import numpy as np

FAR = 1000.0  # A, the displacement along x that fills an unused slot


def nearest(positions, cell, count):
    """The `count` nearest images of every atom, at most one per other atom: (n, count) indices, (n, count, 3) shifts.

    Right for every pair closer than half the smallest width of the cell.
    """
    difference = positions[None, :, :] - positions[:, None, :]
    shift = -jnp.round(difference @ jnp.linalg.inv(cell)) @ cell
    squared = jnp.sum((difference + shift) ** 2, axis=-1) + 1e12 * jnp.eye(len(positions))
    order = jax.lax.top_k(-squared, count)[1]
    shifts = jnp.take_along_axis(shift, order[..., None], axis=1)
    itself = order == jnp.arange(len(positions))[:, None]
    return order, jnp.where(itself[..., None], jnp.array([FAR, 0.0, 0.0]), shifts)


def full_list(positions, cell, cutoff, pbc=True):
    """The full list sorted by center, images of an atom itself included: idx_i (e,), idx_j (e,), shifts (e, 3).

    Written for clarity and small cells: every image within reach is tried.
    """
    reach = [0, 0, 0]
    if pbc:
        widths = 1.0 / np.linalg.norm(np.linalg.inv(cell), axis=0)
        spread = np.ptp(positions @ np.linalg.inv(cell), axis=0)
        reach = np.floor(cutoff / widths + spread).astype(int)
    found = []
    for image in itertools.product(*(range(-r, r + 1) for r in reach)):
        shift = np.array(image) @ np.asarray(cell)
        distance = np.linalg.norm(positions[None] - positions[:, None] + shift, axis=-1)
        if image == (0, 0, 0):
            np.fill_diagonal(distance, np.inf)
        i, j = np.nonzero(distance < cutoff)
        found.append((i, j, np.tile(shift, (len(i), 1))))
    i, j, shifts = (np.concatenate(part) for part in zip(*found))
    order = np.argsort(i, kind="stable")
    return i[order], j[order], shifts[order]


def padded(positions, cell, cutoff, width, pbc=True):
    """The full list as displacements (n, width, 3) and `reverse` (n * width,).

    Slot k holds the pair (i, j); slot reverse[k] holds the same pair seen from j. Unused slots hold FAR and
    are their own reverse.
    """
    i, j, shifts = full_list(positions, cell, cutoff, pbc)
    n = len(positions)
    slot = i * width + np.arange(len(i)) - np.searchsorted(i, i)
    if len(i) and np.bincount(i).max() > width:
        raise ValueError(f"an atom has {np.bincount(i).max()} neighbors, more than {width}")
    vectors = np.full((n * width, 3), [FAR, 0.0, 0.0])
    vectors[slot] = positions[j] - positions[i] + shifts
    forward = np.lexsort((*np.round(vectors[slot], 5).T, j, i))
    backward = np.lexsort((*np.round(-vectors[slot], 5).T, i, j))
    reverse = np.arange(n * width)
    reverse[slot[forward]] = slot[backward]
    return vectors.reshape(n, width, 3), reverse
