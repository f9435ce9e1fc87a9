"""Stillinger-Weber silicon: the labels. Phys. Rev. B 31, 5262 (1985). Units: A, eV, eV/A.

The published parameters, written as in LAMMPS' Si.sw. The three-body sum is explicit, over all pairs of
neighbors of a center, so that nothing here shares a shortcut with the networks that learn from it.
"""

import jax
import jax.numpy as jnp

EPSILON = 2.1683  # eV
SIGMA = 2.0951  # A
REACH = 1.80  # a, in sigma
LAMBDA = 21.0
GAMMA = 1.20
COS_0 = -1.0 / 3.0
A, B, P = 7.049556277, 0.6022245584, 4
CUTOFF = REACH * SIGMA  # 3.77118 A


def atomic_energies(vectors):
    """Energy of each atom in eV, (n,), from padded displacements (n, m, 3) in A; a fill row lies beyond CUTOFF."""
    squared = jnp.sum(vectors**2, axis=-1)
    inside = squared < (CUTOFF - 1e-9) ** 2
    # A pair outside is moved to the far end of the range, where both terms are zero to the last bit.
    distance = jnp.sqrt(jnp.where(inside, squared, 1.0))
    distance = jnp.where(inside, distance, CUTOFF - 1e-9)
    gap = SIGMA / (distance - CUTOFF)
    pair = jnp.where(inside, A * (B * (SIGMA / distance) ** P - 1.0) * jnp.exp(gap), 0.0)
    reach = jnp.where(inside, jnp.exp(GAMMA * gap), 0.0)
    unit = vectors / distance[..., None]
    cosine = jnp.einsum("isx,itx->ist", unit, unit)
    bend = reach[:, :, None] * reach[:, None, :] * (cosine - COS_0) ** 2
    every = jnp.sum(bend, axis=(1, 2)) - jnp.einsum("iss->i", bend)
    return EPSILON * (0.5 * jnp.sum(pair, axis=1) + LAMBDA * 0.5 * every)


def energy(positions, neighbors, shifts):
    """Total energy in eV of positions (n, 3) with padded neighbors (n, m) and cartesian shifts (n, m, 3) in A."""
    vectors = positions[neighbors] - positions[:, None, :] + shifts
    return jnp.sum(atomic_energies(vectors))


def energy_and_forces(positions, neighbors, shifts):
    """Energy in eV and forces (n, 3) in eV/A."""
    value, gradient = jax.value_and_grad(energy)(positions, neighbors, shifts)
    return value, -gradient
