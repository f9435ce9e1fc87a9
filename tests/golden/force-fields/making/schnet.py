"""SchNet-like: continuous-filter convolutions over a list of edges, after Schuett et al. 2018; and the same network with
forces from a head of their own, which are not the gradient of its energy."""

import torch
from torch import nn

from layers import Dense, Weights, gaussians, shifted_softplus, smooth_cutoff, sum_by_index

CUTOFF = 4.0
WIDTH = 16
CENTERS = [0.6 + 0.4 * k for k in range(9)]


class Interaction(nn.Module):
    def __init__(self, weights, form):
        super().__init__()
        self.form = form
        self.filter1 = Dense(weights, len(CENTERS), WIDTH)
        self.filter2 = Dense(weights, WIDTH, WIDTH)
        self.before = Dense(weights, WIDTH, WIDTH, bias=False)
        self.after1 = Dense(weights, WIDTH, WIDTH)
        self.after2 = Dense(weights, WIDTH, WIDTH)

    def forward(self, x, radial, smooth, idx_i, idx_j):
        filters = self.filter2(shifted_softplus(self.filter1(radial))) * smooth.unsqueeze(-1)
        messages = self.before(x)[idx_j] * filters
        return self.after2(shifted_softplus(self.after1(sum_by_index(messages, idx_i, x.shape[0], self.form))))


class SchNet(nn.Module):
    """`form` is how sums over edges are written."""

    def __init__(self, dtype, form, molecules=False):
        super().__init__()
        weights = Weights(11, dtype)
        self.form, self.molecules = form, molecules
        self.embedding = weights.normal((18, WIDTH))
        self.centers = weights.constant(CENTERS)
        self.blocks = nn.ModuleList([Interaction(weights, form) for _ in range(2)])
        self.head1 = Dense(weights, WIDTH, WIDTH)
        self.head2 = Dense(weights, WIDTH, 1)

    def forward(self, numbers, positions, idx_i, idx_j, offsets, idx_m=None):
        x, _ = self.features(numbers, positions, idx_i, idx_j, offsets)
        atomic = 4.0 * self.head2(shifted_softplus(self.head1(x)))
        if not self.molecules:
            return atomic.sum()
        return sum_by_index(atomic, idx_m, idx_m[-1] + 1, self.form).squeeze(-1)

    def features(self, numbers, positions, idx_i, idx_j, offsets):
        vectors = positions[idx_j] - positions[idx_i] + offsets
        r = torch.sqrt((vectors * vectors).sum(-1))
        radial, smooth = gaussians(r, self.centers, 0.4), smooth_cutoff(r, CUTOFF)
        x = self.embedding[numbers]
        for block in self.blocks:
            x = x + block(x, radial, smooth, idx_i, idx_j)
        return x, vectors * smooth.unsqueeze(-1)


class DirectSchNet(SchNet):
    def __init__(self, dtype, form):
        super().__init__(dtype, form)
        weights = Weights(12, dtype)
        self.push1 = Dense(weights, 2 * WIDTH, WIDTH)
        self.push2 = Dense(weights, WIDTH, 1)

    def forward(self, numbers, positions, idx_i, idx_j, offsets):
        x, smooth_vectors = self.features(numbers, positions, idx_i, idx_j, offsets)
        energy = 4.0 * self.head2(shifted_softplus(self.head1(x))).sum()
        push = self.push2(shifted_softplus(self.push1(torch.cat([x[idx_i], x[idx_j]], -1))))
        return energy, sum_by_index(push * smooth_vectors, idx_i, x.shape[0], self.form)
