"""The student: PaiNN (Schuett, Unke, Gastegger, ICML 2021), small, with nothing singular. Units: A, eV.

Distances are softened, sqrt(r^2 + SOFT^2), so that no square root is ever of zero, and all that a pair adds ends with the
third power of 1 - (r / CUTOFF)^2: energy, forces and their slope are continuous there.
"""

import torch
from torch import nn
from torch.nn.functional import silu

CUTOFF = 5.0  # A
SOFT = 0.3  # A
NUMBERS = (1, 6, 8)
SYMBOLS = ("H", "C", "O")
WIDTH, GAUSSIANS, LAYERS = 40, 16, 2
# of exp(-DECAY * distance): such Gaussians are dense where bonds are. So wide that none is ever a denormal number, which are slow.
DECAY, GAUSSIAN_WIDTH = 0.5, 0.08


class EdgeList:
    """Pairs as users feed them: idx_i (e,) is the center, offsets (e, 3) in A belong to the neighbor."""

    def __init__(self, idx_i, idx_j, offsets):
        self.idx_i, self.idx_j, self.offsets = idx_i, idx_j, offsets

    def vectors(self, positions):
        return positions[self.idx_j] - positions[self.idx_i] + self.offsets

    def at_neighbor(self, rows):
        return rows[self.idx_j]

    def sum(self, rows, atoms):
        """(e, f) to (n, f). scatter_add exports right from opset 16 on; index_add would lose all but the last pair."""
        wide = self.idx_i.unsqueeze(-1) + torch.zeros(rows.shape[1], dtype=torch.int64)
        return torch.zeros(atoms, rows.shape[1], dtype=rows.dtype).scatter_add(0, wide, rows)


class Message(nn.Module):
    def __init__(self, first):
        super().__init__()
        self.parts = 2 if first else 3
        self.scalar1 = nn.Linear(WIDTH, WIDTH)
        self.scalar2 = nn.Linear(WIDTH, self.parts * WIDTH)
        self.filter = nn.Linear(GAUSSIANS, self.parts * WIDTH, bias=False)

    def forward(self, s, v, radial, directions, pairs):
        sent = pairs.at_neighbor(self.scalar2(silu(self.scalar1(s)))) * self.filter(radial)
        scalars, *gates = sent.split(WIDTH, dim=-1)
        vectors = directions.unsqueeze(-1) * gates[0].unsqueeze(1)
        if v is not None:
            vectors = vectors + pairs.at_neighbor(v) * gates[1].unsqueeze(1)
        total = pairs.sum(torch.cat([scalars, vectors.reshape(-1, 3 * WIDTH)], dim=-1), s.shape[0])
        ds, dv = total.split([WIDTH, 3 * WIDTH], dim=-1)
        dv = dv.reshape(-1, 3, WIDTH)
        return s + ds, dv if v is None else v + dv


class Update(nn.Module):
    def __init__(self, last):
        super().__init__()
        self.parts = 2 if last else 3
        self.mix = nn.Linear(WIDTH, 2 * WIDTH, bias=False)
        self.scalar1 = nn.Linear(2 * WIDTH, WIDTH)
        self.scalar2 = nn.Linear(WIDTH, self.parts * WIDTH)

    def forward(self, s, v):
        left, right = self.mix(v).split(WIDTH, dim=-1)
        size = torch.sqrt((right * right).sum(1) + 1.0)
        change, along, *gates = self.scalar2(silu(self.scalar1(torch.cat([s, size], dim=-1)))).split(WIDTH, dim=-1)
        s = s + change + along * (left * right).sum(1)
        return s, v + left * gates[0].unsqueeze(1) if gates else v


class Network(nn.Module):
    """Atomic energies (n, 1) in eV beside those of the atoms alone. `kinds` are places in NUMBERS."""

    def __init__(self):
        super().__init__()
        self.embedding = nn.Parameter(torch.randn(len(NUMBERS), WIDTH))
        self.messages = nn.ModuleList(Message(first=layer == 0) for layer in range(LAYERS))
        self.updates = nn.ModuleList(Update(last=layer == LAYERS - 1) for layer in range(LAYERS))
        self.head1 = nn.Linear(WIDTH, WIDTH)
        self.head2 = nn.Linear(WIDTH, 1)
        ends = torch.exp(-DECAY * torch.tensor([CUTOFF, 0.6]))
        self.register_buffer("centers", torch.linspace(ends[0].item(), ends[1].item(), GAUSSIANS))
        self.register_buffer("ones", torch.ones(3, 1))

    def forward(self, kinds, positions, pairs):
        vectors = pairs.vectors(positions)
        # As a product: ONNX Runtime 1.30 reduces a list of no pairs wrongly.
        squared = (vectors * vectors) @ self.ones
        distances = torch.sqrt(squared + SOFT**2)
        remaining = torch.relu(1 - squared / CUTOFF**2)
        near = (torch.exp(-DECAY * distances) - self.centers) / GAUSSIAN_WIDTH
        radial = torch.exp(-near * near) * (remaining * remaining * remaining)
        directions = vectors / distances
        s, v = self.embedding[kinds], None
        for message, update in zip(self.messages, self.updates):
            s, v = update(*message(s, v, radial, directions, pairs))
        return self.head2(silu(self.head1(s)))


class ForceField(nn.Module):
    """What is exported: the energy (1,) in float64, with that of the atoms alone as the teacher has it."""

    def __init__(self, network, free):
        super().__init__()
        self.network = network
        kinds, energies = torch.zeros(119, dtype=torch.int64), torch.full((119,), float("nan"), dtype=torch.float64)
        for kind, number in enumerate(NUMBERS):
            kinds[number], energies[number] = kind, free[kind]
        self.register_buffer("kinds", kinds)
        self.register_buffer("free", energies)

    def forward(self, numbers, positions, idx_i, idx_j, offsets):
        bound = self.network(self.kinds[numbers], positions, EdgeList(idx_i, idx_j, offsets))
        return (bound.double().squeeze(-1) + self.free[numbers]).sum(0, keepdim=True)
