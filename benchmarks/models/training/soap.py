"""SOAP: Adam in the slowly turning eigenbasis of Shampoo's two gradient covariances (Vyas et al., arXiv 2409.11321)."""

import jax
import jax.numpy as jnp
import numpy as np

FIRST, SECOND, AXES = 0.95, 0.98, 0.95  # decay of the mean, the square and the covariances


def start(parameters):
    """The optimizer's state for a dictionary of arrays; arrays that are no matrices get plain Adam."""

    def one(value):
        state = {"mean": jnp.zeros_like(value), "square": jnp.zeros_like(value)}
        if value.ndim == 2:
            for side, size in zip(("left", "right"), value.shape):
                state[side] = jnp.zeros((size, size))
                state[f"{side}_axes"] = jnp.eye(size)
        return state

    return {name: one(value) for name, value in parameters.items()}


def rotated(state, value):
    return state["left_axes"].T @ value @ state["right_axes"] if value.ndim == 2 else value


def restored(state, value):
    return state["left_axes"] @ value @ state["right_axes"].T if value.ndim == 2 else value


@jax.jit
def step(parameters, state, gradient, number, rate):
    """New parameters and state after step `number` (from 1) at learning rate `rate`."""
    moved, states = {}, {}
    for name, value in parameters.items():
        g, old = gradient[name], state[name]
        new = dict(old, mean=FIRST * old["mean"] + (1 - FIRST) * g)
        new["square"] = SECOND * old["square"] + (1 - SECOND) * rotated(old, g) ** 2
        if g.ndim == 2:
            new["left"] = AXES * old["left"] + (1 - AXES) * g @ g.T
            new["right"] = AXES * old["right"] + (1 - AXES) * g.T @ g
        mean = rotated(old, new["mean"]) / (1 - FIRST**number)
        moved[name] = value - rate * restored(old, mean / (jnp.sqrt(new["square"] / (1 - SECOND**number)) + 1e-8))
        states[name] = new
    return moved, states


def turned(state):
    """The state with its axes brought one power iteration closer to the eigenvectors of the covariances."""

    def one(old):
        new = dict(old)
        for side in ("left", "right") if "left" in old else ():
            covariance = np.asarray(old[side])
            covariance = covariance / (np.trace(covariance) + 1e-30) + 1e-9 * np.eye(len(covariance), dtype=np.float32)
            new[f"{side}_axes"] = jnp.asarray(np.linalg.qr(covariance @ np.asarray(old[f"{side}_axes"]))[0])
        return new

    return {name: one(old) for name, old in state.items()}
