"""Networks whose export is silently wrong by their own doing."""

from torch import nn

from layers import shifted_softplus
from schnet import SchNet


class BakedCount(SchNet):
    """Multiplies the mean by a number of atoms that the trace holds as a constant."""

    def __init__(self, dtype):
        super().__init__(dtype, "scatter_add")

    def forward(self, numbers, positions, idx_i, idx_j, offsets):
        x, _ = self.features(numbers, positions, idx_i, idx_j, offsets)
        return 4.0 * self.head2(shifted_softplus(self.head1(x))).mean() * float(int(x.shape[0]))


class ZeroBuffer(SchNet):
    """Starts its sums over edges from a buffer of zeros, for 11 atoms."""

    def __init__(self, dtype):
        super().__init__(dtype, "index_add")
        for block in self.blocks:
            block.form = nn.Parameter(self.centers.new_zeros((11, 16)), requires_grad=False)
