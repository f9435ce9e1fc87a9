"""The SchNet- and ANI-like networks written once more, in JAX, with the parameters `p` of those in PyTorch."""

import math

import jax
import jax.numpy as jnp


def schnet(p):
    def energy(numbers, positions, idx_i, idx_j, offsets):
        r = jnp.linalg.norm(positions[idx_j] - positions[idx_i] + offsets, axis=-1)
        radial = jnp.exp(-((r[:, None] - p["centers"]) ** 2) / 0.32)
        smooth = smooth_cutoff(r, 4.0)[:, None]
        x = p["embedding"][numbers]
        for block in ("blocks.0.", "blocks.1."):
            filters = dense(p, block + "filter2", softplus(dense(p, block + "filter1", radial))) * smooth
            messages = dense(p, block + "before", x)[idx_j] * filters
            summed = jnp.zeros_like(x).at[idx_i].add(messages)
            x = x + dense(p, block + "after2", softplus(dense(p, block + "after1", summed)))
        return 4.0 * dense(p, "head2", softplus(dense(p, "head1", x))).sum()

    return energy


def ani(p):
    def energy(numbers, x):
        kinds = (numbers[:, None] == jnp.array([1, 6, 7, 8])).astype(x.dtype)
        vectors = x[None] - x[:, None]
        same = jnp.eye(x.shape[0], dtype=x.dtype)
        r = jnp.sqrt((vectors**2).sum(-1) + same) - same
        apart = 1 - same
        radial = jnp.exp(-8.0 * (r[..., None] - p["shifts"]) ** 2) * (smooth_cutoff(r, 4.5) * apart)[..., None]
        radial = jnp.einsum("ijr,js->isr", radial, kinds).reshape(x.shape[0], -1)
        smooth = smooth_cutoff(r, 3.2) * apart
        pairs = smooth[:, :, None] * smooth[:, None] * apart[None]
        lengths = (r + same)[:, :, None] * (r + same)[:, None]
        angle = jnp.arccos(0.95 * jnp.einsum("ijx,ikx->ijk", vectors, vectors) / lengths)
        bend = ((1 + jnp.cos(angle[..., None] - p["angles"])) / 2) ** 8
        mean = (r[:, :, None] + r[:, None]) / 2
        triples = (jnp.exp(-2.0 * (mean - 1.5) ** 2) * pairs)[..., None] * bend
        angular = jnp.einsum("ijks,kt->ijst", triples, kinds)
        angular = jnp.einsum("ijst,ju->iuts", angular, kinds).reshape(x.shape[0], -1)
        features = jnp.concatenate([radial, angular], 1)
        atomic = [dense(p, f"atomic.{k}.layer2", jax.nn.celu(dense(p, f"atomic.{k}.layer1", features), 0.1)) for k in range(4)]
        return (jnp.concatenate(atomic, 1) * kinds).sum()

    return energy


def dense(p, name, x):
    y = x @ p[name + ".weight"].T
    return y + p[name + ".bias"] if name + ".bias" in p else y


def softplus(x):
    return jax.nn.softplus(x) - math.log(2.0)


def smooth_cutoff(r, cutoff):
    return 0.5 * (jnp.cos(r * (math.pi / cutoff)) + 1) * (r < cutoff).astype(r.dtype)
