"""The network of network.py in JAX, which trains it several times faster; train.py says at its end by how much both differ.

Frames are dense, (b, n) atoms of which each sees all others, itself far away. Parameters by the names of PyTorch, float32.
"""

import jax
import jax.numpy as jnp

from ethanol.network import CUTOFF, DECAY, GAUSSIAN_WIDTH, LAYERS, SOFT

APART = 1000.0  # A


def atomic_energies(parameters, kinds, positions):
    """(b, n) in eV beside those of the atoms alone; kinds (b, n), positions (b, n, 3) in A."""
    radial, directions = surroundings(parameters["centers"], positions)
    s, v = parameters["embedding"][kinds], None
    for layer in range(LAYERS):
        s, v = message(parameters, f"messages.{layer}", s, v, radial, directions)
        s, v = update(parameters, f"updates.{layer}", s, v)
    return dense(parameters, "head2", jax.nn.silu(dense(parameters, "head1", s)))[..., 0]


def surroundings(centers, positions):
    """Radial functions (b, n, n, g), exactly zero beyond the cutoff, and softened directions (b, n, n, 3)."""
    itself = APART * jnp.eye(positions.shape[1])[None, :, :, None]
    vectors = positions[:, None, :, :] - positions[:, :, None, :] + itself
    squared = jnp.sum(vectors**2, axis=-1, keepdims=True)
    distances = jnp.sqrt(squared + SOFT**2)
    near = (jnp.exp(-DECAY * distances) - jax.lax.stop_gradient(centers)) / GAUSSIAN_WIDTH
    return jnp.exp(-(near**2)) * jax.nn.relu(1 - squared / CUTOFF**2) ** 3, vectors / distances


def message(parameters, name, s, v, radial, directions):
    sent = dense(parameters, f"{name}.scalar2", jax.nn.silu(dense(parameters, f"{name}.scalar1", s)))
    scalars, *gates = split(sent[:, None] * dense(parameters, f"{name}.filter", radial), s.shape[-1])
    vectors = jnp.einsum("bijx,bijc->bixc", directions, gates[0])
    if v is not None:
        vectors = v + vectors + jnp.einsum("bjxc,bijc->bixc", v, gates[1])
    return s + scalars.sum(2), vectors


def update(parameters, name, s, v):
    width = s.shape[-1]
    left, right = split(dense(parameters, f"{name}.mix", v), width)
    size = jnp.sqrt((right**2).sum(2) + 1.0)
    hidden = jax.nn.silu(dense(parameters, f"{name}.scalar1", jnp.concatenate([s, size], axis=-1)))
    change, along, *gates = split(dense(parameters, f"{name}.scalar2", hidden), width)
    s = s + change + along * (left * right).sum(2)
    return s, v + left * gates[0][:, :, None] if gates else v


def dense(parameters, name, x):
    bias = parameters.get(f"{name}.bias")
    product = x @ parameters[f"{name}.weight"].T
    return product if bias is None else product + bias


def split(x, width):
    return jnp.split(x, x.shape[-1] // width, axis=-1)
