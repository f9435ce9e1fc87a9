"""AIMNet2-like: neighbors as a padded matrix, sums over its second axis, charges that add up to the total charge, after
Anstine, Zubatyuk and Isayev 2025. The last row of every input is the padding atom that the matrix points to."""

import torch
from torch import nn

from layers import Dense, Weights, approximate_gelu, gaussians, smooth_cutoff

CUTOFF = 4.0
WIDTH = 12
CENTERS = [0.6 + 0.5 * k for k in range(7)]


class Pass(nn.Module):
    def __init__(self, weights, gelu):
        super().__init__()
        self.gelu = gelu
        self.layer1 = Dense(weights, WIDTH * (1 + len(CENTERS)), WIDTH)
        self.layer2 = Dense(weights, WIDTH, WIDTH)

    def forward(self, x, radial, nbmat):
        around = torch.einsum("nmf,nmg->nfg", x[nbmat], radial).reshape(x.shape[0], -1)
        inner = self.layer1(torch.cat([x, 0.3 * around], 1))
        return x + self.layer2(self.gelu(inner))


class Padded(nn.Module):
    gelu = staticmethod(approximate_gelu)

    def __init__(self, dtype):
        super().__init__()
        weights = Weights(41, dtype)
        self.embedding = weights.normal((10, WIDTH))
        self.centers = weights.constant(CENTERS)
        self.passes = nn.ModuleList([Pass(weights, self.gelu) for _ in range(2)])
        self.charges1 = Dense(weights, WIDTH, 2)
        self.head1 = Dense(weights, WIDTH + 1, WIDTH)
        self.head2 = Dense(weights, WIDTH, 1)

    def forward(self, coord, numbers, nbmat, charge):
        return self.energy(coord[nbmat] - coord.unsqueeze(1), numbers, nbmat, charge)

    def energy(self, vectors, numbers, nbmat, charge):
        rows = numbers.shape[0]
        padding = nbmat == rows - 1
        real = (torch.arange(rows) < rows - 1).to(vectors.dtype).unsqueeze(-1)
        squares = (vectors**2).sum(-1).masked_fill(padding, 1.0)
        r = torch.sqrt(squares)
        smooth = smooth_cutoff(r, CUTOFF).masked_fill(padding, 0.0)
        radial = gaussians(r, self.centers, 0.5) * smooth.unsqueeze(-1)
        x = self.embedding[numbers] * real
        for step in self.passes:
            x = step(x, radial, nbmat) * real
        raw, give = self.charges1(x).chunk(2, -1)
        raw, give = 0.3 * torch.tanh(raw) * real, (give**2 + 0.1) * real
        q = raw + give * (charge - raw.sum()) / give.sum()
        atomic = self.head2(torch.tanh(self.head1(torch.cat([x, q], 1)))) * real
        charges = q.reshape(-1)
        coulomb = charges.unsqueeze(1) * charges[nbmat] * smooth / (r + 0.5)
        return (atomic.reshape(-1) + coulomb.sum(-1)).sum().reshape(1)


class PaddedPeriodic(Padded):
    """With whole numbers of lattice vectors for every neighbor, and the lattice vectors as rows."""

    gelu = staticmethod(nn.functional.gelu)

    def forward(self, coord, numbers, nbmat, shifts, cell, charge):
        vectors = coord[nbmat] - coord.unsqueeze(1) + torch.matmul(shifts, cell)
        return self.energy(vectors, numbers, nbmat, charge)
