"""Writes the single molecules of the catalogue as extended XYZ, open boundaries, centered on their centers of mass.

    python make-molecules.py          (needs ase, rdkit)

water, methane, ethanol, benzene: MP2/6-31G* geometries of the G2 set (Curtiss et al., J. Chem. Phys. 94, 7221; 106, 1063),
as ase.build.molecule gives them. aspirin: not in that set; the lowest of 50 ETKDG conformers (seed 1), each relaxed with
MMFF94 by RDKit.
"""

from pathlib import Path

import ase
import rdkit
from ase import Atoms
from ase.build import molecule
from rdkit import Chem
from rdkit.Chem import AllChem

HERE = Path(__file__).parent
G2 = {"water": "H2O", "methane": "CH4", "ethanol": "CH3CH2OH", "benzene": "C6H6"}
ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


def main():
    for name, entry in G2.items():
        write(name, molecule(entry), f"G2 set, MP2/6-31G*, by ASE {ase.__version__}")
    write("aspirin", relaxed(ASPIRIN), f"ETKDG and MMFF94, by RDKit {rdkit.__version__}")


def relaxed(smiles):
    graph = Chem.AddHs(Chem.MolFromSmiles(smiles))
    conformers = AllChem.EmbedMultipleConfs(graph, numConfs=50, randomSeed=1)
    energies = AllChem.MMFFOptimizeMoleculeConfs(graph, maxIters=10000)
    assert all(unconverged == 0 for unconverged, _ in energies)
    lowest = min(conformers, key=lambda k: energies[k][1])
    return Atoms([atom.GetSymbol() for atom in graph.GetAtoms()], graph.GetConformer(lowest).GetPositions())


def write(name, atoms, source):
    atoms.positions = (atoms.positions - atoms.get_center_of_mass()).round(8) + 0.0
    lines = [str(len(atoms)), f'Properties=species:S:1:pos:R:3 source="{source}" pbc="F F F"']
    lines += [f"{atom.symbol:2} {atom.x:13.8f} {atom.y:13.8f} {atom.z:13.8f}" for atom in atoms]
    (HERE / f"{name}.extxyz").write_text("\n".join(lines) + "\n")


main()
