"""Networks whose export is silently wrong by their own doing."""

from layers import shifted_softplus
from schnet import SchNet


class BakedCount(SchNet):
    """Multiplies the mean by a number of atoms that the trace holds as a constant."""

    def __init__(self, dtype):
        super().__init__(dtype, "scatter_add")

    def forward(self, numbers, positions, idx_i, idx_j, offsets):
        x, _ = self.features(numbers, positions, idx_i, idx_j, offsets)
        return 4.0 * self.head2(shifted_softplus(self.head1(x))).mean() * float(int(x.shape[0]))
