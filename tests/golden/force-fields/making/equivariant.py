"""MACE- and NequIP-like: spherical harmonics up to l = 2, tensor products as Einsum with fixed couplings, after Batzner et
al. 2022 and Batatia et al. 2022. Couplings are integrals of three real harmonics (Gaunt), made by quadrature."""

import itertools
import math

import numpy as np
import torch
from torch import nn

from layers import Dense, Weights, exact, gaussians, smooth_cutoff, sum_by_index

CUTOFF = 4.0
WIDTH = 8
CENTERS = [0.7 + 0.55 * k for k in range(6)]
BLOCKS = [(0, 1), (1, 4), (4, 9)]


def harmonics(u, stack, number):
    """Rows of unit vectors to nine real harmonics of mean square 1."""
    x, y, z = u[..., 0], u[..., 1], u[..., 2]
    s3, s5, s15 = [number(math.sqrt(k)) for k in (3, 5, 15)]
    first = [x * 0 + 1, s3 * x, s3 * y, s3 * z]
    second = [s15 * x * y, s15 * y * z, 0.5 * s5 * (3 * z * z - 1), s15 * x * z, 0.5 * s15 * (x * x - y * y)]
    return stack(first + second, -1)


def gaunt():
    """[9, 9, 9] means over the sphere of products of three harmonics; exact up to degree 6."""
    heights, weights = np.polynomial.legendre.leggauss(8)
    turns = np.arange(16) * math.pi / 8
    flat = np.sqrt(1 - heights**2)
    u = np.stack([flat[:, None] * np.cos(turns), flat[:, None] * np.sin(turns), heights[:, None] + 0 * turns], -1)
    y = harmonics(u.reshape(-1, 3), np.stack, float)
    return np.einsum("p,pa,pb,pc->abc", np.repeat(weights, 16) / 32, y, y, y)


def paths(inputs):
    every = itertools.product(range(inputs), range(3), range(3))
    return [(a, b, c) for a, b, c in every if abs(a - b) <= c <= a + b and (a + b + c) % 2 == 0]


class Convolution(nn.Module):
    """One block: tensor product of neighbors' features with the harmonics, sum, linear maps for each l, invariants."""

    def __init__(self, weights, inputs, form):
        super().__init__()
        self.form, self.paths = form, paths(inputs)
        table = gaunt()
        self.couplings = nn.ParameterList(
            [weights.constant(table[slice(*BLOCKS[a]), slice(*BLOCKS[b]), slice(*BLOCKS[c])]) for a, b, c in self.paths]
        )
        self.radial1 = Dense(weights, len(CENTERS), WIDTH)
        self.radial2 = Dense(weights, WIDTH, WIDTH * len(self.paths), bias=False)
        self.mix = nn.ParameterList([weights.normal((WIDTH, WIDTH), 0.25) for _ in range(3)])
        self.keep = Dense(weights, WIDTH, WIDTH, bias=False)
        self.squares = Dense(weights, 2 * WIDTH, WIDTH)

    def forward(self, h, y, radial, smooth, source, target):
        mixing = self.radial2(nn.functional.silu(self.radial1(radial))) * smooth.unsqueeze(-1)
        mixing = mixing.reshape(-1, WIDTH, len(self.paths))
        there = h[source]
        messages = [0, 0, 0]
        for k, (a, b, c) in enumerate(self.paths):
            product = torch.einsum(
                "efi,ej,ijk->efk", there[:, :, slice(*BLOCKS[a])], y[:, slice(*BLOCKS[b])], self.couplings[k]
            )
            messages[c] = messages[c] + product * mixing[:, :, k : k + 1]
        total = sum_by_index(torch.cat(messages, -1), target, h.shape[0], self.form)
        parts = [torch.einsum("nfi,fg->ngi", total[:, :, slice(*BLOCKS[c])], self.mix[c]) for c in range(3)]
        squares = torch.cat([(part**2).sum(-1) for part in parts[1:]], -1)
        scalars = torch.tanh(self.keep(h[:, :, 0]) + parts[0].squeeze(-1) + self.squares(0.125 * squares))
        return torch.cat([scalars.unsqueeze(-1), parts[1], parts[2]], -1)


class Equivariant(nn.Module):
    def __init__(self, dtype, form):
        super().__init__()
        weights = Weights(51, dtype)
        self.form = form
        self.embedding = Dense(weights, 4, WIDTH, bias=False)
        self.centers = weights.constant(CENTERS)
        self.blocks = nn.ModuleList([Convolution(weights, inputs, form) for inputs in (1, 3)])
        self.heads = nn.ModuleList([Dense(weights, WIDTH, 1) for _ in range(2)])

    def atomic(self, kinds, vectors, source, target):
        r = torch.sqrt((vectors**2).sum(-1))
        y = harmonics(vectors / r.unsqueeze(-1), torch.stack, lambda value: exact(value, r))
        radial, smooth = gaussians(r, self.centers, 0.5), smooth_cutoff(r, CUTOFF)
        scalars = 2.0 * self.embedding(kinds)
        h = torch.nn.functional.pad(scalars.unsqueeze(-1), (0, 8))
        energy = 0
        for block, head in zip(self.blocks, self.heads):
            h = block(h, y, radial, smooth, source, target)
            energy = energy + 0.5 * head(h[:, :, 0])
        return energy


class Mace(Equivariant):
    """Messages go to the second row of edge_index; energies are summed by `batch`."""

    def forward(self, positions, node_attrs, edge_index, shifts, batch):
        source, target = edge_index[0], edge_index[1]
        vectors = positions[target] - positions[source] + shifts
        atomic = self.atomic(node_attrs, vectors, source, target)
        return sum_by_index(atomic.reshape(batch.shape), batch, batch[-1] + 1, self.form)


class Nequip(Equivariant):
    """Messages go to the first row of edge_index; shifts are whole numbers of lattice vectors."""

    def forward(self, pos, edge_index, edge_cell_shift, cell, atom_types):
        target, source = edge_index[0], edge_index[1]
        vectors = pos[source] - pos[target] + torch.matmul(edge_cell_shift, cell)
        kinds = (atom_types.unsqueeze(-1) == torch.arange(4)).to(pos.dtype)
        atomic = self.atomic(kinds, vectors, source, target)
        return atomic.sum(0, keepdim=True), atomic
