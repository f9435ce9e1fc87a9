"""What a script may expect of an ASE calculator, asked of one of them: `python interface.py CALCULATOR`.

CALCULATOR is `mdbench:FORCE-FIELD` (through MdbenchCalculator) or `ase:EMT` (a calculator of ASE itself, as the control).
Each check is a function; what it says goes to standard output as one JSON object: {name: null or the failure}.
"""

import copy
import json
import os
import sys
import traceback

import numpy as np
from ase import Atoms, units
from ase.build import bulk
from ase.calculators.calculator import CalculatorError, PropertyNotImplementedError
from ase.md.langevin import Langevin
from ase.md.nptberendsen import NPTBerendsen
from ase.md.velocitydistribution import MaxwellBoltzmannDistribution
from ase.md.verlet import VelocityVerlet

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "native", "python"))
from mdbench_ase import MdbenchCalculator  # noqa: E402

kind, _, name = sys.argv[1].partition(":")
# Resolution of energies in eV: of float32 graphs, of double ones.
coarse = 3e-5 if name.startswith("silicon-") else 1e-9


def calculator():
    if kind == "mdbench":
        return MdbenchCalculator(name)
    from ase.calculators.emt import EMT

    return EMT()


def crystal(repeats=2, seed=3):
    if name.startswith("silicon-"):
        atoms = bulk("Si", "diamond", a=5.43, cubic=True) * repeats
    elif name.startswith("lennard-jones"):
        atoms = bulk("Ar", "fcc", a=5.4, cubic=True) * (repeats + 1)
    else:
        atoms = bulk("Cu", "fcc", a=3.62, cubic=True) * (repeats + 1)
    atoms.rattle(0.03, seed=seed)
    return atoms


def cluster(count):
    whole = crystal(3)
    order = np.argsort(np.linalg.norm(whole.positions - whole.positions.mean(axis=0), axis=1))
    atoms = whole[order[:count]]
    atoms.pbc = False
    atoms.cell = np.zeros((3, 3))
    return atoms


def check_properties(calc):
    # EMT of ASE 3.22 computes a free energy without naming it.
    for wanted in ("energy", "forces", "stress") + (("free_energy",) if kind == "mdbench" else ()):
        assert wanted in calc.implemented_properties, wanted


def check_energy(calc):
    atoms = crystal()
    atoms.calc = calc
    energy = atoms.get_potential_energy()
    assert isinstance(energy, float) and np.isfinite(energy), repr(energy)
    assert atoms.get_potential_energy(force_consistent=True) == energy


def check_forces(calc):
    atoms = crystal()
    atoms.calc = calc
    forces = atoms.get_forces()
    assert forces.shape == (len(atoms), 3) and forces.dtype == np.float64
    # Central differences; the step where both errors are alike.
    step = 0.02 if coarse > 1e-6 else 1e-4
    for atom, axis in ((0, 0), (5, 1), (len(atoms) - 1, 2)):
        slope = 0.0
        for weight, shift in ((8, 1), (-8, -1), (-1, 2), (1, -2)):
            moved = atoms.copy()
            moved.calc = calc
            moved.positions[atom, axis] += shift * step
            slope += weight * moved.get_potential_energy() / (12 * step)
        error = abs(forces[atom, axis] + slope)
        assert error < 100 * coarse / step + 1e-5, (forces[atom, axis], -slope)


def check_stress(calc):
    atoms = crystal()
    atoms.calc = calc
    stress = atoms.get_stress()
    assert stress.shape == (6,)
    full = atoms.get_stress(voigt=False)
    order = [(0, 0), (1, 1), (2, 2), (1, 2), (0, 2), (0, 1)]
    for number, (a, b) in enumerate(order):
        assert full[a, b] == full[b, a] == stress[number]
        # dE/dε / V, in tension positive: a strain of one kind changes the energy by its own component.
        step = 2e-3 if coarse > 1e-6 else 1e-4
        energies = []
        for sign in (1, -1):
            strain = np.eye(3)
            strain[a, b] += sign * step / 2
            strain[b, a] += sign * step / 2
            strained = atoms.copy()
            strained.set_cell(atoms.cell @ strain, scale_atoms=True)
            strained.calc = calc
            energies.append(strained.get_potential_energy())
        slope = (energies[0] - energies[1]) / (2 * step) / atoms.get_volume()
        error = abs(slope - stress[number])
        assert error < 20 * coarse / step / atoms.get_volume() + 2e-4, (number, slope, stress[number])


def check_open_boundaries(calc):
    atoms = cluster(10)
    atoms.calc = calc
    assert np.isfinite(atoms.get_potential_energy())
    forces = atoms.get_forces()
    assert np.abs(forces.sum(axis=0)).max() < 1e-3
    if kind == "mdbench":
        try:
            atoms.get_stress()
        except PropertyNotImplementedError:
            return
        raise AssertionError("there is a stress without a cell")


def check_sizes(calc):
    """One calculator, from ten atoms to five hundred and back."""
    seen = {}
    for count in (10, 40, 120, 40, 10):
        atoms = cluster(count)
        atoms.calc = calc
        energy = atoms.get_potential_energy()
        assert len(atoms.get_forces()) == count
        assert abs(seen.setdefault(count, energy) - energy) <= coarse, (count, seen[count], energy)
    small = crystal(1)
    large = small * ((4, 4, 4) if len(small) < 10 else (2, 2, 4))
    assert len(large) >= 500
    small.calc = calc
    per_atom = small.get_potential_energy() / len(small)
    large.calc = calc
    assert abs(large.get_potential_energy() / len(large) - per_atom) < 10 * coarse
    assert large.get_forces().shape == (len(large), 3)


def check_cell_changes(calc):
    atoms = crystal()
    atoms.calc = calc
    before = atoms.get_potential_energy()
    atoms.set_cell(atoms.cell * 1.02, scale_atoms=True)
    after = atoms.get_potential_energy()
    fresh = atoms.copy()
    other = calculator()
    fresh.calc = other
    assert before != after and abs(fresh.get_potential_energy() - after) <= coarse
    close(other)


def check_repeatable(calc):
    atoms = crystal()
    atoms.calc = calc
    first = atoms.get_forces().copy()
    atoms.positions[0, 0] += 0.1
    assert not np.array_equal(first, atoms.get_forces())
    atoms.positions[0, 0] -= 0.1
    atoms.positions = crystal().positions
    assert np.abs(first - atoms.get_forces()).max() <= coarse


def check_velocity_verlet(calc):
    atoms = crystal()
    atoms.calc = calc
    MaxwellBoltzmannDistribution(atoms, temperature_K=100, rng=np.random.RandomState(1))
    begun = atoms.get_total_energy()
    VelocityVerlet(atoms, timestep=1 * units.fs).run(50)
    assert abs(atoms.get_total_energy() - begun) < 2e-4 * len(atoms)


def check_langevin(calc):
    atoms = crystal()
    atoms.calc = calc
    options = dict(temperature_K=300, friction=0.02 / units.fs, rng=np.random.RandomState(1))
    Langevin(atoms, 1 * units.fs, **options).run(30)
    assert 0 < atoms.get_temperature() < 1500


def check_npt(calc):
    atoms = crystal()
    atoms.calc = calc
    MaxwellBoltzmannDistribution(atoms, temperature_K=100, rng=np.random.RandomState(1))
    volume = atoms.get_volume()
    options = dict(temperature_K=100, pressure_au=1e9 * units.Pascal, taut=100 * units.fs, taup=500 * units.fs)
    NPTBerendsen(atoms, 1 * units.fs, compressibility_au=1e-11 / units.Pascal, **options).run(20)
    assert atoms.get_volume() != volume and np.isfinite(atoms.get_potential_energy())


def check_unknown_elements(calc):
    atoms = crystal()
    atoms.calc = calc
    energy = atoms.get_potential_energy()
    strange = Atoms("U2", positions=[[0, 0, 0], [0, 0, 2.7]], cell=[15, 15, 15], pbc=True)
    strange.calc = calc
    try:
        strange.get_potential_energy()
    except (CalculatorError, NotImplementedError) as error:
        assert "U" in str(error), error
    else:
        raise AssertionError("uranium was computed")
    atoms.positions[0, 0] += 0.01
    assert abs(atoms.get_potential_energy() - energy) < 1


def check_copies(calc):
    atoms = crystal(1)
    atoms.calc = calc
    energy = atoms.get_potential_energy()
    other = copy.deepcopy(calc)
    twin = crystal(1)
    twin.calc = other
    assert abs(twin.get_potential_energy() - energy) <= coarse
    close(other)


def check_memory(calc):
    """A thousand calls; grown memory of the second half is growth."""
    atoms = crystal(1 if name.startswith("silicon-") else 0)
    atoms.calc = calc
    sizes = []
    for number in range(1, 1001):
        atoms.positions[number % len(atoms), number % 3] += 1e-4 * (-1) ** number
        atoms.get_forces()
        if number % 250 == 0:
            sizes.append(sum(resident(pid) for pid in family(os.getpid())))
    assert sizes[-1] - sizes[1] < 8 * 2**20, sizes


def check_end(calc):
    if kind != "mdbench":
        return
    atoms = crystal(1)
    with calculator() as ours:
        atoms.calc = ours
        atoms.get_potential_energy()
        pid = child_of(ours)
        assert os.path.exists("/proc/%d" % pid) or sys.platform != "linux"
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return
    raise AssertionError("mdbench serve lives on")


def resident(pid):
    with open("/proc/%d/statm" % pid) as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def family(pid):
    """The process and all below it: mdbench serve, and the interpreter that it starts for a calculator of ASE."""
    with open("/proc/%d/task/%d/children" % (pid, pid)) as file:
        return [pid] + [one for child in file.read().split() for one in family(int(child))]


def child_of(calc):
    server = getattr(calc, "_server", None)
    return server and server.process.pid


def close(calc):
    if hasattr(calc, "close"):
        calc.close()


def main():
    checks = {key[6:]: value for key, value in globals().items() if key.startswith("check_")}
    calc = calculator()
    said = {}
    for title, check in checks.items():
        try:
            check(calc)
            said[title] = None
        except Exception:
            said[title] = traceback.format_exc()
    close(calc)
    print(json.dumps(said))


if __name__ == "__main__":
    main()
