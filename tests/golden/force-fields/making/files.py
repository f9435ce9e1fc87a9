"""The files of the zoo: which set of golden data each must give, which exporter writes it, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass

import torch

from ani import AniOfEye, AniSqueezed
from equivariant import Mace
from faults import BakedCount, ZeroBuffer
from golden_sets import SETS
from painn import PaiNNOfEdgeIndex
from schnet import SchNet

F32, F64 = torch.float32, torch.float64
EXPORTERS = {"legacy": 16, "dynamo": 18, "torchscript": 17, "jax": 18}


@dataclass
class File:
    """`static`: the case whose sizes are fixed in the file, and of what: "atoms" or "all". `functions`: one for each kind of
    module. `free_batch`: the first dimension of each input may be another than one. `plain`: not simplified."""

    set: str
    opset: int = None
    dtype: torch.dtype = F32
    network: Callable = None
    faults: tuple = ()
    static: tuple = None
    functions: bool = False
    free_batch: bool = False
    plain: bool = False
    exporter: str = None

    def __post_init__(self):
        self.network = self.network or SETS[self.set].network


def schnet(form, molecules=False):
    return lambda dtype: SchNet(dtype, form, molecules)


LOST = ("scatter-without-reduction",)
RACES = ("scatter-nd-add-races",)
OUTCOMES = {
    "scatter-without-reduction": "wrong",
    "scatter-nd-without-reduction": "wrong",
    "baked-atom-count": "wrong",
    "eye-like-of-booleans": "refused",
    "scatter-nd-add-races": "right",
    "float32-constants": "right",
    "forces-are-not-the-gradient": "right",
}

FILES = {
    "schnet-legacy": File("schnet"),
    "schnet-legacy-f64": File("schnet", dtype=F64),
    "schnet-legacy-index-put": File("schnet", 17, network=schnet("index_put"), faults=("scatter-nd-without-reduction",)),
    "schnet-legacy-functions": File("schnet", network=schnet("scatter_add"), functions=True),
    "schnet-legacy-index-add": File("schnet", network=schnet("index_add", True), faults=LOST),
    "schnet-legacy-opset-14": File("schnet", 14, network=schnet("scatter_add"), faults=LOST),
    "schnet-legacy-11-atoms": File("schnet", network=schnet("scatter_add"), static=("cluster of 11", "all")),
    "schnet-legacy-11-atoms-index-add": File(
        "schnet", network=schnet("index_add"), faults=LOST, static=("cluster of 11", "atoms")
    ),
    "schnet-legacy-11-atoms-buffer": File("schnet", network=ZeroBuffer, faults=LOST, static=("cluster of 11", "atoms")),
    "schnet-legacy-baked-count": File("schnet", network=BakedCount, faults=("baked-atom-count",)),
    "schnet-direct-legacy": File("schnet-direct", faults=("forces-are-not-the-gradient",)),
    "painn-legacy": File("painn"),
    "painn-legacy-index-add": File("painn-edge-index", network=lambda d: PaiNNOfEdgeIndex(d, "index_add"), faults=LOST),
    "ani-legacy": File("ani"),
    "ani-legacy-batch": File("ani", network=AniSqueezed, free_batch=True),
    "zpos-legacy": File("zpos", 13),
    "zpos-legacy-eye": File("zpos", network=AniOfEye, faults=("eye-like-of-booleans",)),
    "padded-legacy": File("padded", 14),
    "padded-legacy-f64": File("padded", dtype=F64),
    "padded-periodic-legacy": File("padded-periodic", 12),
    "mace-legacy": File("mace"),
    "mace-legacy-f64": File("mace", dtype=F64),
    "mace-legacy-index-add": File("mace", network=lambda d: Mace(d, "index_add"), faults=LOST),
    "nequip-legacy": File("nequip", 17),
    "argon-legacy": File("argon", 15),
    "schnet-dynamo": File("schnet", network=schnet("scatter_add")),
    "schnet-dynamo-f64": File("schnet", dtype=F64, network=schnet("scatter_add"), faults=("float32-constants",)),
    "schnet-dynamo-index-add": File("schnet", 20, network=schnet("index_add"), faults=RACES),
    "schnet-dynamo-index-put": File("schnet", network=schnet("index_put"), faults=RACES),
    "schnet-dynamo-plain": File("schnet", network=schnet("scatter_add"), plain=True),
    "painn-dynamo": File("painn"),
    "painn-edge-index-dynamo-f64": File("painn-edge-index", dtype=F64),
    "ani-dynamo": File("ani", 21),
    "zpos-dynamo": File("zpos"),
    "padded-dynamo": File("padded"),
    "padded-periodic-dynamo": File("padded-periodic", 20),
    "mace-dynamo": File("mace", network=lambda d: Mace(d, "index_add"), faults=RACES),
    "nequip-dynamo-f64": File("nequip", dtype=F64),
    "argon-dynamo": File("argon"),
    "schnet-torchscript": File("schnet", 17, network=schnet("scatter_add")),
    "schnet-torchscript-index-add": File("schnet", 17, network=schnet("index_add"), faults=LOST),
    "mace-torchscript": File("mace", 18),
    "schnet-jax": File("schnet", faults=RACES),
    "zpos-jax": File("zpos"),
    "zpos-jax-forces": File("zpos"),
}

for name, file in FILES.items():
    file.exporter = next(exporter for exporter in EXPORTERS if f"-{exporter}" in name)
    file.opset = file.opset or EXPORTERS[file.exporter]
