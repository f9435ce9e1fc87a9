"""The files of the zoo: which set of golden data each must give, which exporter writes it, and what is wrong with it."""

from collections import namedtuple

import torch

from ani import AniOfEye, AniSqueezed
from equivariant import Mace, Nequip
from faults import BakedCount, ZeroBuffer
from golden_sets import SETS
from painn import PaiNN, PaiNNOfEdgeIndex
from schnet import DirectSchNet, SchNet

File = namedtuple("File", "set exporter opset dtype network faults static functions free_batch")
F32, F64 = torch.float32, torch.float64


def legacy(set_name, opset=16, dtype=F32, network=None, faults=(), static=None, functions=False, free_batch=False):
    """`static`: the case whose sizes are fixed in the file, all of them or those of the atoms alone. `functions`: one for
    each kind of module. `free_batch`: the first dimension of each input is not known to be one."""
    network = network or SETS[set_name].network
    return File(set_name, "legacy", opset, dtype, network, faults, static, functions, free_batch)


def current(set_name, opset=18, dtype=F32, network=None, faults=(), exporter="dynamo"):
    return File(set_name, exporter, opset, dtype, network or SETS[set_name].network, faults, None, False, False)


def schnet(form, molecules=False):
    return lambda dtype: SchNet(dtype, form, molecules)


LOST = ("scatter-without-reduction",)
OUTCOMES = {
    "scatter-without-reduction": "wrong",
    "scatter-nd-without-reduction": "wrong",
    "baked-atom-count": "wrong",
    "eye-like-of-booleans": "refused",
    "forces-are-not-the-gradient": "right",
}

FILES = {
    "schnet-legacy": legacy("schnet"),
    "schnet-legacy-f64": legacy("schnet", dtype=F64),
    "schnet-legacy-index-put": legacy("schnet", 17, network=schnet("index_put"), faults=("scatter-nd-without-reduction",)),
    "schnet-legacy-functions": legacy("schnet", network=schnet("scatter_add"), functions=True),
    "schnet-legacy-index-add": legacy("schnet", network=schnet("index_add", True), faults=LOST),
    "schnet-legacy-opset-14": legacy("schnet", 14, network=schnet("scatter_add"), faults=LOST),
    "schnet-legacy-11-atoms": legacy("schnet", network=schnet("scatter_add"), static=("cluster of 11", "all")),
    "schnet-legacy-11-atoms-index-add": legacy(
        "schnet", network=schnet("index_add"), faults=LOST, static=("cluster of 11", "atoms")
    ),
    "schnet-legacy-11-atoms-buffer": legacy("schnet", network=ZeroBuffer, faults=LOST, static=("cluster of 11", "atoms")),
    "schnet-legacy-baked-count": legacy("schnet", network=BakedCount, faults=("baked-atom-count",)),
    "schnet-direct-legacy": legacy("schnet-direct", faults=("forces-are-not-the-gradient",)),
    "painn-legacy": legacy("painn"),
    "painn-legacy-f64": legacy("painn", dtype=F64),
    "painn-legacy-index-add": legacy("painn-edge-index", network=lambda d: PaiNNOfEdgeIndex(d, "index_add"), faults=LOST),
    "ani-legacy": legacy("ani"),
    "ani-legacy-batch": legacy("ani", network=AniSqueezed, free_batch=True),
    "zpos-legacy": legacy("zpos", 13),
    "zpos-legacy-eye": legacy("zpos", network=AniOfEye, faults=("eye-like-of-booleans",)),
    "padded-legacy": legacy("padded", 14),
    "padded-legacy-f64": legacy("padded", dtype=F64),
    "padded-periodic-legacy": legacy("padded-periodic", 12),
    "mace-legacy": legacy("mace"),
    "mace-legacy-f64": legacy("mace", dtype=F64),
    "mace-legacy-index-add": legacy("mace", network=lambda d: Mace(d, "index_add"), faults=LOST),
    "nequip-legacy": legacy("nequip", 17),
    "argon-legacy": legacy("argon", 15),
}
