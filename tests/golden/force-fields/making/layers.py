"""Pieces of the networks. All weights are random numbers of a fixed seed, rounded to float32, so that the float64 twin of
a float32 file has the very same ones."""

import math

import numpy as np
import torch
from torch import nn

ELEMENTS = [1, 6, 7, 8]


class Weights:
    """Draws parameters in the order in which they are asked for."""

    def __init__(self, seed, dtype):
        self.random = np.random.RandomState(seed)
        self.dtype = dtype

    def normal(self, shape, scale=1.0):
        values = (scale * self.random.standard_normal(shape)).astype(np.float32)
        return nn.Parameter(torch.tensor(values, dtype=self.dtype), requires_grad=False)

    def constant(self, values):
        rounded = np.asarray(values, dtype=np.float64).astype(np.float32)
        return nn.Parameter(torch.tensor(rounded, dtype=self.dtype), requires_grad=False)


class Dense(nn.Module):
    def __init__(self, weights, width_in, width_out, bias=True):
        super().__init__()
        self.weight = weights.normal((width_out, width_in), 1 / math.sqrt(width_in))
        self.bias = weights.normal((width_out,), 0.1) if bias else None

    def forward(self, x):
        return nn.functional.linear(x, self.weight, self.bias)


def exact(value, like):
    """A number in the precision of a tensor: the current exporter writes plain numbers in float32, even into double graphs."""
    return torch.tensor(value, dtype=like.dtype)


def smooth_cutoff(r, cutoff):
    """1 at 0, and 0 with zero slope from the cutoff on."""
    return 0.5 * (torch.cos(r * exact(math.pi / cutoff, r)) + 1) * (r < cutoff).to(r.dtype)


def gaussians(r, centers, width):
    return torch.exp(-((r.unsqueeze(-1) - centers) ** 2) / (2 * width**2))


def shifted_softplus(x):
    """ONNX Runtime has no Softplus in double."""
    if x.dtype == torch.float64:
        return torch.log(0.5 * torch.exp(x) + 0.5)
    return nn.functional.softplus(x) - math.log(2.0)


def celu(x, alpha):
    """In float64 written out: the derivative of PyTorch's own (2.15) is off there by 1e-8, and ONNX Runtime has none."""
    if x.dtype == torch.float64:
        return torch.relu(x) + alpha * (torch.exp(-torch.relu(-x) / alpha) - 1)
    return nn.functional.celu(x, alpha=alpha)


def approximate_gelu(x):
    """Through tanh: the exact one needs Erf, which ONNX Runtime has in float32 only, and PyTorch 1.13 exports its own
    approximation with constants of float32."""
    return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))


def sum_by_index(x, index, rows, form):
    """Sums the rows of x that have the same index; the forms differ in what exporters make of them. A form that is a
    tensor is the zeros that the sum starts from."""
    if isinstance(form, torch.Tensor):
        return form.index_add(0, index, x)
    widths = [int(width) for width in x.shape[1:]]
    if form == "index_put":
        return torch.zeros([rows] + widths, dtype=x.dtype).index_put((index,), x, accumulate=True)
    if form == "index_add":
        return torch.zeros([rows] + widths, dtype=x.dtype).index_add(0, index, x)
    return add_rows(torch.zeros([rows] + widths, dtype=x.dtype), x, index, widths)


def add_rows(zeros, x, index, widths):
    """By scatter_add, which PyTorch 1.13 exports only where it knows as much of the shape of `index` as of that of `x`."""
    if len(widths) == 0:
        return zeros.scatter_add(0, index, x)
    if len(widths) == 1:
        return zeros.scatter_add(0, index.unsqueeze(-1) + torch.zeros(widths, dtype=index.dtype), x)
    flat = [math.prod(widths)]
    wide = index.reshape(-1, 1) + torch.zeros(flat, dtype=index.dtype)
    return zeros.reshape([-1] + flat).scatter_add(0, wide, x.reshape([-1] + flat)).reshape([-1] + widths)
