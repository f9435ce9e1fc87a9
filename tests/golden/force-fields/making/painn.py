"""PaiNN-like: scalar and vector features, after Schuett, Unke and Gastegger 2021."""

import torch
from torch import nn

from layers import Dense, Weights, gaussians, smooth_cutoff, sum_by_index

CUTOFF = 4.0
WIDTH = 12
CENTERS = [0.6 + 0.5 * k for k in range(7)]


class Message(nn.Module):
    def __init__(self, weights, form):
        super().__init__()
        self.form = form
        self.scalar1 = Dense(weights, WIDTH, WIDTH)
        self.scalar2 = Dense(weights, WIDTH, 3 * WIDTH)
        self.filter = Dense(weights, len(CENTERS), 3 * WIDTH)

    def forward(self, s, v, radial, smooth, directions, idx_i, idx_j):
        phi = self.scalar2(nn.functional.silu(self.scalar1(s)))[idx_j]
        mixed = 0.5 * phi * self.filter(radial) * smooth.unsqueeze(-1)
        ds, dv, dr = torch.split(mixed, WIDTH, dim=-1)
        vectors = v[idx_j] * dv.unsqueeze(1) + directions.unsqueeze(-1) * dr.unsqueeze(1)
        rows = s.shape[0]
        return s + sum_by_index(ds, idx_i, rows, self.form), v + sum_by_index(vectors, idx_i, rows, self.form)


class Update(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.left = Dense(weights, WIDTH, WIDTH, bias=False)
        self.right = Dense(weights, WIDTH, WIDTH, bias=False)
        self.mix1 = Dense(weights, 2 * WIDTH, WIDTH)
        self.mix2 = Dense(weights, WIDTH, 3 * WIDTH)

    def forward(self, s, v):
        left, right = self.left(v), self.right(v)
        size = torch.linalg.vector_norm(right, dim=1)
        ass, asv, avv = self.mix2(nn.functional.silu(self.mix1(torch.cat([s, size], -1)))).chunk(3, -1)
        return s + 0.5 * (ass + asv * (left * right).sum(1)), v + 0.5 * avv.unsqueeze(1) * left


class PaiNN(nn.Module):
    def __init__(self, dtype, form):
        super().__init__()
        weights = Weights(21, dtype)
        self.embedding = weights.normal((10, WIDTH))
        self.centers = weights.constant(CENTERS)
        self.messages = nn.ModuleList([Message(weights, form) for _ in range(2)])
        self.updates = nn.ModuleList([Update(weights) for _ in range(2)])
        self.head1 = Dense(weights, WIDTH, WIDTH)
        self.head2 = Dense(weights, WIDTH, 1)

    def forward(self, numbers, positions, idx_i, idx_j, offsets):
        vectors = positions[idx_j] - positions[idx_i] + offsets
        r = torch.linalg.vector_norm(vectors, dim=-1)
        directions = vectors / r.unsqueeze(-1)
        radial, smooth = gaussians(r, self.centers, 0.5), smooth_cutoff(r, CUTOFF)
        s = self.embedding[numbers]
        v = torch.zeros((s.shape[0], 3, WIDTH), dtype=s.dtype)
        for message, update in zip(self.messages, self.updates):
            s, v = update(*message(s, v, radial, smooth, directions, idx_i, idx_j))
        return 2.0 * self.head2(nn.functional.silu(self.head1(s))).sum(0)


class PaiNNOfEdgeIndex(PaiNN):
    """The same with both ends of the edges in one [2, e] tensor, the center first."""

    def forward(self, positions, atomic_numbers, edge_index, shifts):
        return super().forward(atomic_numbers, positions, edge_index[0], edge_index[1], shifts)
