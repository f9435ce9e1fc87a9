"""The networks, teacher and student alike, for training. Units: A, eV.

Radial functions of r^2 (no square root, so nothing is singular), moments up to the second power of the
displacement, rotation invariants of them, a dense layer on each atom. A second layer multiplies its radial
functions by features of the neighbor, which is what makes the teacher pass messages.
"""

import jax
import jax.numpy as jnp
import numpy as np

CUTOFF = 4.0  # A
LENGTH = 2.35  # A, the unit of the moments: the bond of the crystal
SHIFT = -4.3366  # eV, the energy of an atom in the perfect crystal
SHAPES = {
    "teacher": {"layers": 2, "gaussians": 10, "channels": 64, "hidden": 416},
    "student": {"layers": 1, "gaussians": 8, "channels": 16, "hidden": 32},
}
# Y = (1, x, y, z, xx, yy, zz, xy, xz, yz) is (LEFT @ (1, x, y, z)) * (RIGHT @ (1, x, y, z)). INVARIANTS makes of the
# first of them, and of the squares of the others, three rotation invariants; xy and yx are one component, counted twice.
LEFT, RIGHT, INVARIANTS = np.zeros((10, 4)), np.zeros((10, 4)), np.zeros((3, 10))
for row, (left, right) in enumerate([(0, 0), (0, 1), (0, 2), (0, 3), (1, 1), (2, 2), (3, 3), (1, 2), (1, 3), (2, 3)]):
    LEFT[row, left] = RIGHT[row, right] = 1
    INVARIANTS[(left > 0) + (right > 0), row] = 1 if left == right or left == 0 else 2


def initial(shape, seed):
    """Parameters by name, float32. `input` turns moments of the radial functions into channels."""
    rng = np.random.default_rng(seed)
    gaussians, channels, hidden = shape["gaussians"], shape["channels"], shape["hidden"]
    centers = np.linspace(0.1, 0.85, gaussians)
    widths = np.full(gaussians, 7.0)  # so wide that no value is ever a denormal number, which are slow
    parameters = {"centers": centers, "widths": widths}
    for layer in range(shape["layers"]):
        width = 3 * channels + (channels if layer else 0)
        parameters[f"input{layer}"] = rng.normal(0, 1, (gaussians, channels)) / np.sqrt(3)
        parameters[f"first{layer}"] = rng.normal(0, 1, (width, hidden)) / np.sqrt(width)
        parameters[f"bias{layer}"] = np.zeros(hidden)
        parameters[f"energy{layer}"] = rng.normal(0, 0.1, (hidden, 1)) / np.sqrt(hidden)
        parameters[f"linear{layer}"] = rng.normal(0, 0.1, (width, 1)) / np.sqrt(width)
        if layer + 1 < shape["layers"]:
            parameters[f"second{layer}"] = rng.normal(0, 1, (hidden, channels)) / np.sqrt(hidden)
            parameters[f"second_bias{layer}"] = np.ones(channels)
    return {name: jnp.asarray(value, jnp.float32) for name, value in parameters.items()}


@jax.custom_vjp
def exchange(slots, reverse):
    """Each pair's row of `slots` (n * m, c) as the other end of the pair holds it. Its own transpose."""
    return slots[reverse]


exchange.defvjp(lambda slots, reverse: (slots[reverse], reverse), lambda reverse, gradient: (exchange(gradient, reverse), None))


def radial_functions(parameters, squared):
    """(..., gaussians) functions of the squared distance over the squared cutoff (..., 1); not trained, exactly 0 beyond."""
    centers, widths = (jax.lax.stop_gradient(parameters[name]) for name in ("centers", "widths"))
    remaining = jnp.maximum(0.0, 1.0 - squared)
    return jnp.exp(-(((jnp.minimum(squared, 1.0) - centers) * widths) ** 2)) * remaining**3


def layer_inputs(parameters, vectors, reverse):
    """For each layer what enters its dense part, and the atomic energies (n,) in eV without SHIFT.

    vectors (n, m, 3) in A, padded beyond the cutoff; reverse (n * m,) the slot of the same pair at its other end.
    """
    n, m, _ = vectors.shape
    scaled = vectors / LENGTH
    squared = jnp.sum(scaled**2, axis=-1, keepdims=True) * (LENGTH / CUTOFF) ** 2
    radial = radial_functions(parameters, squared)
    # Far fill rows would make huge moments of functions that are already zero.
    scaled = jnp.where(squared < 1.0, scaled, 0.0)
    extended = jnp.concatenate([jnp.ones_like(squared), scaled], axis=-1)
    moments = (extended @ LEFT.T) * (extended @ RIGHT.T)
    features, energies, inputs = None, 0.0, []
    for layer in range(sum(name.startswith("first") for name in parameters)):
        if layer == 0:
            density = jnp.einsum("imy,imk->iyk", moments, radial) @ parameters["input0"]
        else:
            channels = features.shape[1]
            own = jnp.broadcast_to(features[:, None, :], (n, m, channels)).reshape(n * m, channels)
            sent = exchange(own, reverse).reshape(n, m, channels)
            density = jnp.einsum("imy,imc->iyc", moments, (radial @ parameters[f"input{layer}"]) * sent)
        products = density * jnp.concatenate([jnp.ones_like(density[:, :1]), density[:, 1:]], axis=1)
        entering = (INVARIANTS @ products).reshape(n, -1)
        if layer:
            entering = jnp.concatenate([entering, features], axis=-1)
        inputs.append(entering)
        hidden = jax.nn.silu(entering @ parameters[f"first{layer}"] + parameters[f"bias{layer}"])
        energies += hidden @ parameters[f"energy{layer}"] + entering @ parameters[f"linear{layer}"]
        if f"second{layer}" in parameters:
            update = hidden @ parameters[f"second{layer}"] + parameters[f"second_bias{layer}"]
            features = update if features is None else features + update
    return inputs, energies[:, 0]


def atomic_energies_and_forces(parameters, vectors, reverse):
    """Energies (n,) in eV without SHIFT, forces (n, 3) in eV/A."""

    def total(vectors):
        energies = layer_inputs(parameters, vectors, reverse)[1]
        return jnp.sum(energies), energies

    (_, energies), gradient = jax.value_and_grad(total, has_aux=True)(vectors)
    flat = gradient.reshape(-1, 3)
    return energies, (flat - exchange(flat, reverse)).reshape(gradient.shape).sum(1)


def whitened(parameters, vectors, reverse):
    """The parameters with every dense layer's input brought to zero mean and unit spread on the given frames."""
    for layer in range(sum(name.startswith("first") for name in parameters)):
        entering = layer_inputs(parameters, vectors, reverse)[0][layer]
        spread = jnp.std(entering, axis=0)[:, None] + 1e-3
        for name in (f"first{layer}", f"linear{layer}"):
            parameters = parameters | {name: parameters[name] / spread}
        mean = jnp.mean(entering, axis=0) @ parameters[f"first{layer}"]
        parameters = parameters | {f"bias{layer}": -mean}
    return parameters
