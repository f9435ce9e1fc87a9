"""mdbench and ASE, both ways, over the i-PI socket protocol. Needs ASE (3.22 or newer) and NumPy; Python 3.8 or newer.

As a program, `python mdbench_ase.py ADDRESS CALCULATOR`, it computes an ASE calculator for mdbench.
As a module it has `MdbenchCalculator`, an ASE calculator whose energies and forces mdbench computes.
"""

import atexit
import importlib
import importlib.util
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import time
import traceback

import numpy as np
from ase import Atoms
from ase.calculators.calculator import CalculationFailed, Calculator, all_changes

__all__ = ["MdbenchCalculator", "MdbenchError"]

HEADER = 12
# Å; ASE takes positions for unchanged that differ by less than 1e-15.
ALIKE = 1e-14
# Å and eV of what travels: atomic units (CODATA 2014, as ase.units), unless both ends agree on Å and eV.
ATOMIC = (0.5291772105638411, 27.211386024367243)
PLAIN = (1.0, 1.0)


class MdbenchError(CalculationFailed):
    """What mdbench said when it could not compute."""


class Wire:
    """Messages through a connected socket."""

    def __init__(self, connection, timeout=None):
        self.socket = connection
        connection.settimeout(timeout)
        if connection.family != socket.AF_UNIX:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def read(self, size):
        """Exactly `size` bytes; EOFError where the other end has closed."""
        data = bytearray(size)
        view = memoryview(data)
        have = 0
        while have < size:
            count = self.socket.recv_into(view[have:])
            if count == 0:
                raise EOFError("the other end closed the connection")
            have += count
        return data

    def header(self):
        return self.read(HEADER).decode("ascii", "replace").strip()

    def int(self):
        return struct.unpack("<i", self.read(4))[0]

    def floats(self, count):
        return np.frombuffer(self.read(8 * count), dtype="<f8")

    def send(self, *parts):
        self.socket.sendall(b"".join(parts))


def header(text):
    return text.encode("ascii").ljust(HEADER)


def int32(value):
    return struct.pack("<i", value)


def float64(values):
    return np.ascontiguousarray(values, dtype="<f8").tobytes()


# --- a calculator of ASE for mdbench ---


def main(argv):
    if len(argv) != 3:
        sys.exit("usage: mdbench_ase.py unix:NAME|HOST:PORT CALCULATOR")
    try:
        calculator = load_calculator(argv[2])
    except SyntaxError as error:
        # The last line of its traceback lacks the place.
        traceback.print_exc()
        sys.exit("%s: %s" % (type(error).__name__, error))
    wire = Wire(connect(argv[1]))
    try:
        serve(wire, calculator)
    except BaseException:
        # All of it is written before mdbench hears of the end.
        traceback.print_exc()
        sys.stderr.flush()
        sys.exit(1)
    finally:
        wire.socket.close()


def load_calculator(text):
    """`module:Factory?key=value`, `file.py` (defines `calculator()`), `file.py:factory?key=value`."""
    name, _, query = text.partition("?")
    source, _, factory = name.partition(":")
    if source.endswith(".py"):
        sys.path.insert(0, os.path.dirname(os.path.abspath(source)))
        spec = importlib.util.spec_from_file_location(os.path.basename(source)[:-3], source)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        factory = factory or "calculator"
    else:
        sys.path.insert(0, os.getcwd())
        module = importlib.import_module(source)
    made = module
    for part in factory.split("."):
        made = getattr(made, part)
    calculator = made(**keywords(query))
    if calculator is None:
        raise TypeError("%s() of %s returns None, where an ASE calculator belongs" % (factory, source))
    if not callable(getattr(calculator, "get_property", None)) and not hasattr(calculator, "get_forces"):
        raise TypeError("%s gives a %s, which is no ASE calculator" % (text, type(calculator).__name__))
    return calculator


def keywords(query):
    from urllib.parse import unquote_plus

    given = {}
    for item in filter(None, query.split("&")):
        key, separator, value = item.partition("=")
        if not separator:
            raise ValueError("%r is no key=value" % item)
        given[unquote_plus(key)] = value_of(unquote_plus(value.replace("+", "%2B")))
    return given


def value_of(text):
    """A number, true, false, null or a JSON list as such; everything else is text."""
    try:
        return json.loads({"True": "true", "False": "false", "None": "null"}.get(text, text))
    except ValueError:
        return text


def connect(address):
    if address.startswith("unix:"):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect("/tmp/ipi_" + address[5:])
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)))


def serve(wire, calculator):
    atoms = None
    is_first = True
    length, energy_unit = ATOMIC
    answer = None
    while True:
        try:
            message = wire.header()
        except EOFError:
            return
        if message == "STATUS":
            wire.send(header("HAVEDATA" if answer else "READY" if atoms is not None else "NEEDINIT"))
        elif message == "INIT":
            wire.int()
            text = wire.read(wire.int()).decode("utf-8")
            given = json.loads(text) if text.strip().startswith("{") else {}
            length, energy_unit = PLAIN if given.get("units") == "angstrom-ev" else ATOMIC
            if "numbers" in given:
                # Off their places, so that the first call finds changed positions too.
                atoms = Atoms(numbers=given["numbers"], positions=np.zeros((len(given["numbers"]), 3)))
                atoms.pbc = given.get("pbc", True)
                atoms.calc = calculator
        elif message == "POSDATA":
            cell = wire.floats(9).reshape(3, 3).T * length
            wire.floats(9)
            positions = wire.floats(3 * wire.int()).reshape(-1, 3) * length
            extras = {"client": about(calculator)} if is_first else {}
            is_first = False
            answer = compute(atoms, cell, positions, (length, energy_unit), extras)
        elif message == "GETFORCE":
            wire.send(answer)
            answer = None
        elif message in ("EXIT", ""):
            return
        else:
            raise RuntimeError("the driver sent %r" % message)


def compute(atoms, cell, positions, units, extras):
    """The bytes of FORCEREADY. Results of the call before are thrown away: ASE's cache never answers."""
    length, energy_unit = units
    reset = getattr(atoms.calc, "reset", None)
    begun = time.perf_counter()
    if np.abs(atoms.positions - positions).max(initial=0) < ALIKE and callable(reset):
        reset()
    if not np.array_equal(atoms.cell.array, cell):
        atoms.set_cell(cell)
    atoms.set_positions(positions, apply_constraint=False)
    calculate_together(atoms)
    energy = float(atoms.get_potential_energy())
    forces = np.asarray(atoms.get_forces(apply_constraint=False), dtype=float)
    virial = virial_of(atoms)
    spent = time.perf_counter() - begun
    text = json.dumps(dict(extras, time_ms=1000 * spent, virial=virial is not None)).encode("ascii")
    return b"".join(
        (
            header("FORCEREADY"),
            float64(energy / energy_unit),
            int32(len(forces)),
            float64(forces * (length / energy_unit)),
            float64(np.zeros((3, 3)) if virial is None else virial.T / energy_unit),
            int32(len(text)),
            text,
        )
    )


def calculate_together(atoms):
    """One calculation for all that is asked for next: asked one by one, some calculators make one for each."""
    calculator = atoms.calc
    if getattr(type(calculator), "get_property", None) is not Calculator.get_property:
        return
    changes = calculator.check_state(atoms)
    calculator.results = {}
    calculator.atoms = atoms.copy()
    calculator.calculate(atoms, ["energy", "forces"] + ["stress"] * has_stress(atoms), changes)


def has_stress(atoms):
    return "stress" in getattr(atoms.calc, "implemented_properties", ()) and all(atoms.pbc)


def virial_of(atoms):
    """−V·stress in eV, or None where the calculator or the boundaries have none."""
    if not has_stress(atoms):
        return None
    return -atoms.get_volume() * atoms.get_stress(voigt=False, apply_constraint=False)


def about(calculator):
    """What it is, and under which versions it runs."""
    import ase

    kind = type(calculator)
    return {
        "calculator": "%s.%s" % (kind.__module__, kind.__qualname__),
        "ase": ase.__version__,
        "numpy": np.__version__,
        "python": "%d.%d.%d" % sys.version_info[:3],
    }


# --- mdbench for ASE ---


class MdbenchCalculator(Calculator):
    """A force field that mdbench computes: `atoms.calc = MdbenchCalculator("student.onnx")`.

    `mdbench serve` runs as a process of its own from the first calculation until `close()`, the end of the
    interpreter, or the end of a `with` block. Energies in eV, forces in eV/Å, stress in eV/Å³ (Voigt, as ASE).

    force_field: whatever `mdbench run` takes: the path of an .onnx file or the name of a force field
    provider, threads: as the options of mdbench
    command: how mdbench is started, a list of words; by default this installation, or `mdbench` on the PATH
    timeout: seconds that one calculation may take; None: as long as it takes
    """

    implemented_properties = ["energy", "free_energy", "forces", "stress"]
    default_parameters = {"provider": None, "threads": None}
    nolabel = True

    def __init__(self, force_field, command=None, timeout=None, **kwargs):
        self._command = command
        self._timeout = timeout
        self._server = None
        super().__init__(force_field=str(force_field), **kwargs)

    def set(self, **kwargs):
        changed = super().set(**kwargs)
        if changed:
            self.close()
            self.reset()
        return changed

    def calculate(self, atoms=None, properties=("energy",), system_changes=all_changes):
        super().calculate(atoms, properties, system_changes)
        if self._server is None:
            self._server = Server(self._arguments(), self._timeout)
        try:
            energy, forces, virial = self._server.compute(self.atoms)
        except BaseException:
            self.close()
            raise
        self.results = {"energy": energy, "free_energy": energy, "forces": forces}
        if virial is not None and self.atoms.cell.rank == 3 and all(self.atoms.pbc):
            stress = -virial / self.atoms.get_volume()
            self.results["stress"] = stress.ravel()[[0, 4, 8, 5, 2, 1]]

    def close(self):
        """Ends `mdbench serve`; the next calculation starts it anew."""
        server, self._server = self._server, None
        if server is not None:
            server.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_server", None) is not None:
            self.close()

    def __getstate__(self):
        return dict(self.__dict__, _server=None)

    def _arguments(self):
        words = list(self._command or default_command()) + ["serve", self.parameters.force_field]
        for name in ("provider", "threads"):
            if self.parameters[name] is not None:
                words += ["--" + name, str(self.parameters[name])]
        if self.parameters.force_field.startswith("ase:"):
            words += ["--python", sys.executable]
        return words


def default_command():
    """This installation of mdbench, or the one on the PATH; MDBENCH_COMMAND goes before both."""
    if os.environ.get("MDBENCH_COMMAND"):
        import shlex

        return shlex.split(os.environ["MDBENCH_COMMAND"])
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "dist", "cli", "main.js")
    if os.path.exists(program) and shutil.which("node"):
        return ["node", os.path.normpath(program)]
    found = shutil.which("mdbench")
    if found is None:
        raise MdbenchError("mdbench is not on the PATH: install it, or give command=[...]")
    return [found]


class Server:
    """A running `mdbench serve`, at the other end of a pair of sockets: there is no file that could stay behind."""

    def __init__(self, words, timeout):
        ours, theirs = socket.socketpair()
        self.errors = tempfile.TemporaryFile()
        try:
            self.process = subprocess.Popen(
                words + ["--socket", "fd:%d" % theirs.fileno()],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                start_new_session=True,
            )
        except OSError as error:
            ours.close()
            raise MdbenchError("%s cannot be started: %s" % (words[0], error))
        finally:
            theirs.close()
        self.timeout = timeout
        self.wire = Wire(ours, timeout)
        self.known = None
        atexit.register(self.close)

    def compute(self, atoms):
        """Energy, forces (n,3), virial (3,3) or None."""
        try:
            return self.exchange(atoms)
        except socket.timeout:
            raise MdbenchError("mdbench serve did not answer within %g s" % self.timeout) from None
        except (EOFError, OSError):
            raise MdbenchError(self.last_words()) from None

    def exchange(self, atoms):
        count = len(atoms)
        cell = atoms.cell.array
        messages = []
        known = (atoms.numbers.tobytes(), atoms.pbc.tobytes())
        if known != self.known:
            given = {"numbers": atoms.numbers.tolist(), "pbc": atoms.pbc.tolist(), "units": "angstrom-ev"}
            text = json.dumps(given).encode("ascii")
            messages += [header("INIT"), int32(0), int32(len(text)), text]
        messages += [header("POSDATA"), float64(cell.T), float64(np.linalg.pinv(cell).T), int32(count)]
        messages += [float64(atoms.positions), header("STATUS"), header("GETFORCE")]
        self.wire.send(*messages)
        for expected in ("HAVEDATA", "FORCEREADY"):
            answer = self.wire.header()
            if answer != expected:
                raise MdbenchError("mdbench serve answered %r instead of %s" % (answer, expected))
        self.known = known
        energy = float(self.wire.floats(1)[0])
        forces = self.wire.floats(3 * self.wire.int()).reshape(-1, 3)
        virial = self.wire.floats(9).reshape(3, 3).T
        text = self.wire.read(self.wire.int()).decode("utf-8")
        extras = json.loads(text) if text.startswith("{") else {}
        return energy, forces, None if extras.get("virial") is False else virial

    def last_words(self):
        """What mdbench said on its error output, or how it ended."""
        try:
            code = self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = None
        self.errors.seek(0)
        lines = self.errors.read()[-8000:].decode("utf-8", "replace").strip().splitlines()
        return "\n".join(lines[-6:]) or "mdbench serve ended with exit code %s" % code

    def close(self):
        atexit.unregister(self.close)
        try:
            self.wire.send(header("EXIT"))
        except OSError:
            pass
        self.wire.socket.close()
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.errors.close()


if __name__ == "__main__":
    main(sys.argv)
