"""Energies, forces and virials of Lennard-Jones and Stillinger-Weber from LAMMPS, written to lammps.json beside this file.

Needs `lmp` with the packages MANYBODY and EXTRA-PAIR, its file Si.sw, and numpy (made with Debian's lammps of 29 Sep 2021):
    python3 make-lammps.py /usr/share/lammps/potentials/Si.sw
Positions are rounded to 1e-9 A before LAMMPS reads them, so that both sides start from the same decimals.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

SI_SW = pathlib.Path(sys.argv[1])
NKTV2P = 1.6021765e6  # LAMMPS' own factor from eV/A^3 to bar in units metal
MASS = {18: 39.948, 14: 28.085}
RNG = np.random.default_rng(20)


def lattice(basis, edge, repeat):
    shifts = np.array([[i, j, k] for i in range(repeat) for j in range(repeat) for k in range(repeat)])
    sites = (shifts[:, None, :] + np.array(basis)[None, :, :]).reshape(-1, 3)
    return sites * edge, np.eye(3) * edge * repeat


FCC = [[0, 0, 0], [0, 0.5, 0.5], [0.5, 0, 0.5], [0.5, 0.5, 0]]
DIAMOND = FCC + [[a + 0.25, b + 0.25, c + 0.25] for a, b, c in FCC]


def displaced(positions, by):
    return positions + RNG.normal(scale=by, size=positions.shape)


def strained(positions, cell, strain):
    """A lower triangular strain keeps the cell in the orientation that LAMMPS wants."""
    deform = np.eye(3) + np.array(strain)
    return positions @ deform, cell @ deform


def run(number, positions, cell, pbc, pair, extra="run 0", velocities=None):
    positions = np.round(positions, 9)
    cell = np.round(cell, 9)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_data(folder / "atoms.data", number, positions, cell, velocities)
        (folder / "in.lmp").write_text(
            f"""units metal
atom_style atomic
atom_modify map yes sort 0 0
boundary {" ".join("p" if axis else "f" for axis in pbc)}
box tilt large
read_data atoms.data
pair_style {pair}
neighbor 1.0 bin
neigh_modify every 1 delay 0 check yes
compute virial all pressure NULL virial
thermo_style custom step pe vol c_virial[1] c_virial[2] c_virial[3] c_virial[4] c_virial[5] c_virial[6]
thermo_modify format float %.17g norm no
{extra}
write_dump all custom out.dump id xu yu zu vx vy vz fx fy fz modify sort id format float %.17g
print "RESULT $(pe:%.17g) $(vol:%.17g) $(c_virial[1]:%.17g) $(c_virial[2]:%.17g) $(c_virial[3]:%.17g) $(c_virial[4]:%.17g) $(c_virial[5]:%.17g) $(c_virial[6]:%.17g)"
"""
        )
        log = subprocess.run(
            ["lmp", "-in", "in.lmp", "-log", "none"], cwd=folder, capture_output=True, text=True, check=False
        ).stdout
        results = [line for line in log.splitlines() if line.startswith("RESULT ")]
        if not results:
            raise SystemExit(log)
        energy, volume, *pressure = map(float, results[-1].split()[1:])
        rows = np.array([line.split() for line in (folder / "out.dump").read_text().split("fz")[1].split("\n")[1:] if line])
    xx, yy, zz, xy, xz, yz = np.array(pressure) * volume / NKTV2P
    values = rows[:, 1:].astype(float)
    return {
        "number": number,
        "pbc": [bool(axis) for axis in pbc],
        "cell": cell.ravel().tolist(),
        "positions": positions.ravel().tolist(),
        "energy": energy,
        "virial": [xx, xy, xz, xy, yy, yz, xz, yz, zz],
        "forces": values[:, 6:9].ravel().tolist(),
        "moved": values[:, 0:3],
        "velocities": values[:, 3:6],
    }


def write_data(path, number, positions, cell, velocities):
    lines = ["", f"{len(positions)} atoms", "1 atom types"]
    lines += [f"0 {cell[k, k]:.9f} {a}lo {a}hi" for k, a in enumerate("xyz")]
    if np.count_nonzero(cell - np.diag(np.diag(cell))):
        lines += [f"{cell[1, 0]:.9f} {cell[2, 0]:.9f} {cell[2, 1]:.9f} xy xz yz"]
    lines += ["", "Masses", "", f"1 {MASS[number]}", "", "Atoms", ""]
    lines += [f"{i + 1} 1 {x:.9f} {y:.9f} {z:.9f}" for i, (x, y, z) in enumerate(positions)]
    if velocities is not None:
        lines += ["", "Velocities", ""]
        lines += [f"{i + 1} {x:.17g} {y:.17g} {z:.17g}" for i, (x, y, z) in enumerate(velocities)]
    path.write_text("\n".join(lines) + "\n")


def melted(number, positions, cell, pair, temperature, timestep, steps):
    extra = f"""velocity all create {temperature} 11 mom yes rot no
fix thermostat all langevin {temperature} {temperature} 0.1 5
fix nve all nve
timestep {timestep}
run {steps}"""
    return run(number, positions, cell, (1, 1, 1), pair, extra)["moved"]


def lj(cut, epsilon=0.0104, sigma=3.405, cutoff=8.5125, switch_start=6.81):
    options = {"epsilon": epsilon, "sigma": sigma, "cutoff": cutoff, "cut": cut}
    if cut == "switched":
        options["switchStart"] = switch_start
        style = f"lj/mdf {switch_start} {cutoff}\npair_coeff * * {epsilon} {sigma} {switch_start} {cutoff}"
    else:
        shift = "yes" if cut == "shifted" else "no"
        style = f"lj/cut {cutoff}\npair_coeff * * {epsilon} {sigma}\npair_modify shift {shift}"
    return "lennard-jones", options, style


SW = ("stillinger-weber", {}, f"sw\npair_coeff * * {SI_SW} Si")
PERIODIC = (1, 1, 1)
SHEAR = [[0.03, 0, 0], [0.08, -0.02, 0], [-0.05, 0.06, 0.01]]


def cases():
    argon, box = lattice(FCC, 5.4, 2)
    warm = displaced(argon, 0.15)
    hot = melted(18, *lattice(FCC, 5.9, 3), lj("shifted")[2], 200, 0.002, 3000)
    hot_cell = lattice(FCC, 5.9, 3)[1]
    vacancy = np.delete(displaced(argon, 0.1), 5, axis=0)
    cluster = displaced(argon[np.argsort(np.linalg.norm(argon - 5.4, axis=1))[:19]], 0.2) + 8
    yield "argon-perfect", 18, argon, box, PERIODIC, lj("plain")
    yield "argon-warm", 18, warm, box, PERIODIC, lj("shifted")
    yield "argon-warm-plain", 18, warm, box, PERIODIC, lj("plain")
    yield "argon-triclinic", 18, *strained(warm, box, SHEAR), PERIODIC, lj("shifted")
    yield "argon-tiny", 18, displaced(*[lattice(FCC, 5.3, 1)[0]], 0.1), np.eye(3) * 5.3, PERIODIC, lj("shifted")
    yield "argon-vacancy", 18, vacancy, box, PERIODIC, lj("shifted")
    yield "argon-liquid", 18, hot, hot_cell, PERIODIC, lj("shifted")
    yield "argon-liquid-switched", 18, hot, hot_cell, PERIODIC, lj("switched")
    yield "argon-slab", 18, warm + [0, 0, 6], box + np.diag([0, 0, 12]), (1, 1, 0), lj("shifted")
    yield "argon-cluster-switched", 18, cluster, np.eye(3) * 30, (0, 0, 0), lj("switched", 0.02, 3.1, 7, 4)

    silicon, box = lattice(DIAMOND, 5.431, 2)
    warm = displaced(silicon, 0.12)
    hot = melted(14, silicon, box, SW[2], 3500, 0.001, 3000)
    primitive = np.array([[3.84, 0, 0], [1.92, 3.3255, 0], [1.92, 1.1085, 3.1353]])
    cluster = displaced(silicon[np.argsort(np.linalg.norm(silicon - 5.431, axis=1))[:17]], 0.1) + 5
    yield "silicon-perfect", 14, *lattice(DIAMOND, 5.431, 1), PERIODIC, SW
    yield "silicon-warm", 14, warm, box, PERIODIC, SW
    yield "silicon-triclinic", 14, *strained(warm, box, SHEAR), PERIODIC, SW
    yield "silicon-vacancy", 14, np.delete(warm, 20, axis=0), box, PERIODIC, SW
    yield "silicon-liquid", 14, hot, box, PERIODIC, SW
    yield "silicon-primitive", 14, np.array([[0, 0, 0], [1.95, 1.05, 0.85]]), primitive, PERIODIC, SW
    yield "silicon-dense", 14, displaced(lattice(DIAMOND, 4.6, 1)[0], 0.1), np.eye(3) * 4.6, PERIODIC, SW
    yield "silicon-cluster", 14, cluster, np.eye(3) * 25, (0, 0, 0), SW


def main():
    golden = []
    for name, number, positions, cell, pbc, (force_field, options, style) in cases():
        result = run(number, positions, cell, pbc, style)
        del result["moved"], result["velocities"]
        golden.append({"name": name, "forceField": force_field, "options": options, **result})
        print(name, len(positions), result["energy"])
    text = json.dumps({"source": "LAMMPS 29 Sep 2021, units metal", "cases": golden})
    (pathlib.Path(__file__).parent / "lammps.json").write_text(text.replace('{"name"', '\n{"name"') + "\n")


main()
