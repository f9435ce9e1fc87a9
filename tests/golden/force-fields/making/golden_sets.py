"""The sets of golden data: a network, its inputs, the systems. Several files of one network share a set."""

from collections import namedtuple

import signatures
from ani import CUTOFF as ANI_CUTOFF
from ani import AniOfNumbers, AniOfSpecies
from equivariant import Mace, Nequip
from lennard_jones import CUTOFF as ARGON_CUTOFF
from lennard_jones import LennardJones
from padded import Padded, PaddedPeriodic
from painn import PaiNN, PaiNNOfEdgeIndex
from schnet import DirectSchNet, SchNet
from systems import argon_systems, charged_systems, open_systems, periodic_systems

Set = namedtuple("Set", "network signature systems species length energy cutoff")

edge_systems = open_systems() + periodic_systems()


def of_molecules(network, signature, systems, species, energy="eV", cutoff=4.0):
    return Set(network, signature, systems, species, "angstrom", energy, cutoff)


SETS = {
    "schnet": of_molecules(
        lambda dtype: SchNet(dtype, "scatter_add", True), signatures.SCHNET_MOLECULES, edge_systems, "number"
    ),
    "schnet-direct": of_molecules(lambda dtype: DirectSchNet(dtype, "scatter_add"), signatures.SCHNET, edge_systems, "number"),
    "painn": of_molecules(lambda dtype: PaiNN(dtype, "scatter_add"), signatures.SCHNET, edge_systems, "number"),
    "painn-edge-index": of_molecules(
        lambda dtype: PaiNNOfEdgeIndex(dtype, "scatter_add"), signatures.EDGE_INDEX, edge_systems, "number"
    ),
    "ani": of_molecules(AniOfSpecies, signatures.ANI, open_systems(), "index", "hartree", ANI_CUTOFF),
    "zpos": of_molecules(AniOfNumbers, signatures.ZPOS, open_systems(), "number", "eV", ANI_CUTOFF),
    "padded": of_molecules(Padded, signatures.PADDED, open_systems() + charged_systems(), "number"),
    "padded-periodic": of_molecules(
        PaddedPeriodic, signatures.PADDED_PERIODIC, edge_systems + charged_systems(), "number"
    ),
    "mace": of_molecules(lambda dtype: Mace(dtype, "scatter_add"), signatures.MACE, edge_systems, "onehot"),
    "nequip": of_molecules(lambda dtype: Nequip(dtype, "scatter_add"), signatures.NEQUIP, edge_systems, "index"),
    "argon": Set(lambda dtype: LennardJones(), signatures.OPENMM, argon_systems(), "none", "nm", "kJ/mol", ARGON_CUTOFF),
}
