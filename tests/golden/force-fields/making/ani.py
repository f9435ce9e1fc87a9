"""ANI-like: all pairs and triples inside the graph, radial and angular symmetry functions, one network per element, after
Smith, Isayev and Roitberg 2017. Open boundaries; species below zero are padding."""

import math

import torch
from torch import nn

from layers import ELEMENTS, Dense, Weights, celu, smooth_cutoff

CUTOFF = 4.5
ANGULAR_CUTOFF = 3.2
SHIFTS = [0.8, 1.4, 2.0, 2.7, 3.5]
ANGLES = [math.pi / 6, math.pi / 2, 5 * math.pi / 6]
WIDTH = 12


class Atomic(nn.Module):
    def __init__(self, weights, features):
        super().__init__()
        self.layer1 = Dense(weights, features, WIDTH)
        self.layer2 = Dense(weights, WIDTH, 1)

    def forward(self, x):
        return self.layer2(celu(self.layer1(x), 0.1))


class Ani(nn.Module):
    def __init__(self, dtype):
        super().__init__()
        weights = Weights(31, dtype)
        self.shifts, self.angles = weights.constant(SHIFTS), weights.constant(ANGLES)
        features = 4 * len(SHIFTS) + 16 * len(ANGLES)
        self.atomic = nn.ModuleList([Atomic(weights, features) for _ in ELEMENTS])

    def energy(self, kinds, x):
        """kinds [n, 4]: one-hot rows, zero for padding."""
        n = kinds.shape[0]
        vectors = x.unsqueeze(0) - x.unsqueeze(1)
        same = self.same(n, x)
        r = self.distances(vectors, same)
        apart = 1 - same
        radial = torch.exp(-8.0 * (r.unsqueeze(-1) - self.shifts) ** 2) * (smooth_cutoff(r, CUTOFF) * apart).unsqueeze(-1)
        radial = torch.einsum("ijr,js->isr", radial, kinds).reshape(n, -1)
        smooth = smooth_cutoff(r, ANGULAR_CUTOFF) * apart
        pairs = smooth.unsqueeze(2) * smooth.unsqueeze(1) * apart.unsqueeze(0)
        lengths = (r + same).unsqueeze(2) * (r + same).unsqueeze(1)
        cosine = torch.einsum("ijx,ikx->ijk", vectors, vectors) / lengths
        angle = torch.acos(0.95 * cosine)
        bend = ((1 + torch.cos(angle.unsqueeze(-1) - self.angles)) / 2) ** 8
        mean = (r.unsqueeze(2) + r.unsqueeze(1)) / 2
        triples = (torch.exp(-2.0 * (mean - 1.5) ** 2) * pairs).unsqueeze(-1) * bend
        angular = torch.einsum("ijks,kt->ijst", triples, kinds)
        angular = torch.einsum("ijst,ju->iuts", angular, kinds).reshape(n, -1)
        features = torch.cat([radial, angular], 1)
        energies = torch.cat([network(features) for network in self.atomic], 1)
        return (energies * kinds).sum()


class AniOfSpecies(Ani):
    """TorchANI's inputs, a batch of one; Hartree."""

    def same(self, n, x):
        return torch.eye(n, dtype=x.dtype)

    def distances(self, vectors, same):
        return torch.sqrt((vectors**2).sum(-1) + same) - same

    def forward(self, species, coordinates):
        kinds = (species.unsqueeze(-1) == torch.arange(4)).to(coordinates.dtype)
        return 0.2 * self.energy(kinds.reshape(-1, 4), coordinates.reshape(-1, 3)).reshape(1)


class AniOfNumbers(Ani):
    """Atomic numbers and positions; eV. The distance of an atom to itself is the norm of zero, masked after."""

    def same(self, n, x):
        return (torch.arange(n).unsqueeze(1) == torch.arange(n)).to(x.dtype)

    def distances(self, vectors, same):
        return torch.linalg.vector_norm(vectors, dim=-1)

    def forward(self, atomic_numbers, positions):
        kinds = (atomic_numbers.unsqueeze(-1) == torch.tensor(ELEMENTS)).to(positions.dtype)
        return self.energy(kinds, positions)


class AniOfEye(AniOfNumbers):
    """The same with a unit matrix of booleans, for which ONNX Runtime has no kernel."""

    def same(self, n, x):
        return torch.eye(n, dtype=torch.bool).to(x.dtype)


class AniSqueezed(AniOfSpecies):
    """The same for batches that may have another size than one, for whose squeezing the legacy exporter writes an If."""

    def forward(self, species, coordinates):
        return super().forward(species, coordinates.squeeze(0))
