"""Measuring one side of a benchmark in a process of its own: seconds and peak memory.

A benchmark is a module with ``TITLE``, ``LIMIT`` (how many times the floor), ``SCALE`` (of the demo register),
``ROUNDS``, ``CASES``, and the functions ``floor(register, folder, case)`` and ``ours(register, folder, case)``, which
return the seconds they took. ``prepare(register, folder)``, where there is one, runs once before, also in a process of
its own.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

STARTED = "GRIDAPP_BENCH_STARTED"
"""Environment variable with the moment at which the process was asked for, in seconds since 1970."""


@dataclass(frozen=True)
class Measured:
    """One run: wall-clock seconds and the process's largest resident size in MiB."""

    seconds: float
    peak_mb: float


class Stopwatch:
    """Seconds spent inside its ``with`` blocks, so that what feeds the work is not counted."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        self.seconds += time.perf_counter() - begun


def since_start() -> float:
    """Seconds since this process was asked for."""
    return time.time() - float(os.environ[STARTED])


def measure(module: str, side: str, register: Path, folder: Path, case: str) -> Measured:
    """Run one side of a benchmark in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.measuring", module, side, str(register), str(folder), case]
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(folder / "config"),  # what a window remembers must not make the next run different
        # As on a user's machine, where the program was started before: compiled code is kept, whatever is set here.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        STARTED: repr(time.time()),
    }
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def best(runs: list[Measured]) -> Measured:
    """The fastest run: what the machine's other work added to the rest is noise. Memory is the largest seen."""
    return Measured(min(run.seconds for run in runs), max(run.peak_mb for run in runs))


def _run_here(module: str, side: str, register: str, folder: str, case: str) -> None:
    bench = import_module(f"tests.benchmarks.{module}")
    if side == "prepare":
        bench.prepare(Path(register), Path(folder))
        seconds = 0.0
    else:
        seconds = getattr(bench, side)(Path(register), Path(folder), case)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write("\n" + json.dumps({"seconds": seconds, "peak_mb": peak}) + "\n")
    sys.stdout.flush()
    os._exit(0)  # neither a window nor a thread has anything left to do


if __name__ == "__main__":
    _run_here(*sys.argv[1:])
