"""The systems that golden data is of, in A, on a grid that float32 holds exactly: clusters of H, C, N and O, a triclinic
crystal, atoms too far apart to interact, one atom. Argon in nm for the OpenMM-like file."""

import itertools
from collections import namedtuple

import numpy as np

System = namedtuple("System", "name numbers positions cell charge")
GRID = 1024.0
SKIN = 0.3
CELL = np.array([[5.0, 0.0, 0.0], [1.25, 4.625, 0.0], [-0.75, 0.875, 5.375]])


def open_systems():
    return [
        System("cluster of 7", *cluster(7, 1), None, 0.0),
        System("cluster of 11", *cluster(11, 2), None, 0.0),
        with_far_atom("cluster of 8 and one far away", *cluster(8, 3)),
        System("three far apart", np.array([8, 1, 6]), np.array([[0, 0, 0], [12.5, 0, 0], [0, -14.25, 3.0]]), None, 0.0),
        System("one atom", np.array([7]), np.array([[0.5, -0.25, 1.5]]), None, 0.0),
    ]


def periodic_systems():
    return [System("triclinic crystal", *crystal(6, 4), CELL, 0.0)]


def charged_systems():
    return [System("cluster of 9, charged", *cluster(9, 5), None, 1.0)]


def argon_systems():
    boxes = [np.array([[2.0, 0, 0], [0, 2.25, 0], [0, 0, 2.125]]), np.array([[2.25, 0, 0], [0.5, 2.0, 0], [-0.25, 0.75, 2.25]])]
    return [System(f"argon, {n} atoms", np.full(n, 18), gas(n, n, box), box, 0.0) for n, box in zip((8, 13), boxes)]


def cluster(n, seed):
    random = np.random.RandomState(seed)
    numbers = random.choice([1, 1, 6, 7, 8], n)
    positions = [np.zeros(3)]
    while len(positions) < n:
        way = random.standard_normal(3)
        new = positions[random.randint(len(positions))] + way / np.linalg.norm(way) * random.uniform(1.1, 1.5)
        if min(np.linalg.norm(new - x) for x in positions) > 1.05:
            positions.append(new)
    return numbers, snapped(positions)


def crystal(n, seed):
    random = np.random.RandomState(seed)
    return random.choice([1, 1, 6, 7, 8], n), scattered(n, random, CELL, 1.3)


def gas(n, seed, box):
    return scattered(n, np.random.RandomState(seed), box, 0.36)


def scattered(n, random, cell, apart):
    images = np.array(list(itertools.product((-1, 0, 1), repeat=3))) @ cell
    positions = []
    while len(positions) < n:
        new = random.uniform(0, 1, 3) @ cell
        if all(np.linalg.norm(new - x + images, axis=1).min() > apart for x in positions):
            positions.append(new)
    return snapped(positions)


def with_far_atom(name, numbers, positions):
    return System(name, np.append(numbers, 8), np.vstack([positions, [25.0, -3.5, 2.0]]), None, 0.0)


def snapped(positions):
    return np.round(np.array(positions) * GRID) / GRID


def full_list(system, cutoff):
    """Pairs (i, j, S) with |x_j - x_i + S.cell| < cutoff + skin, sorted by i: some are beyond the cutoff, as in a run."""
    reach = range(-3, 4) if system.cell is not None else (0,)
    rows = []
    for shift in itertools.product(reach, repeat=3):
        move = np.array(shift) @ system.cell if system.cell is not None else np.zeros(3)
        r = np.linalg.norm(system.positions[None] - system.positions[:, None] + move, axis=-1)
        i, j = np.nonzero((r < cutoff + SKIN) & ((r > 0) | (shift != (0, 0, 0))))
        rows += [(a, b) + shift for a, b in zip(i, j)]
    table = np.array(sorted(rows), dtype=np.int64).reshape(-1, 5)
    shifts = table[:, 2:]
    return table[:, 0], table[:, 1], shifts, shifts @ (system.cell if system.cell is not None else np.zeros((3, 3)))


def neighbor_matrix(system, cutoff):
    """The same as rows of neighbors, padded with n; a last row and the atom n are padding."""
    first, second, shifts, _ = full_list(system, cutoff)
    n = len(system.numbers)
    width = max(1, np.bincount(first, minlength=n).max() if len(first) else 1)
    matrix, moves = np.full((n + 1, width), n), np.zeros((n + 1, width, 3))
    for i in range(n):
        mine = np.nonzero(first == i)[0]
        matrix[i, : len(mine)], moves[i, : len(mine)] = second[mine], shifts[mine]
    return matrix, moves
