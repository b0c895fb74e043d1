"""``python -m tests.benchmarks``: every benchmark, alternating with its floor, as a table."""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measuring import best, measure

BENCHMARKS = (
    "window",
    "area_tree",
    "open_node",
    "event_loop",
    "table_work",
    "ledger",
    "counts",
    "search",
    "register_export",
    "workbook_import",
    "handbooks",
)
HEADINGS = ("work", "floor s", "ours s", "ratio", "at most", "", "floor MB", "ours MB")


def demo_register(scale: str) -> Path:
    """The demo register of a scale, made in the user's cache folder the first time."""
    from gridapp.demo.generate import generate
    from gridapp.places import cache_folder
    from gridapp.register import open_register
    from gridapp.store import search

    path = cache_folder() / "benchmarks" / f"{scale}.db"
    if not path.exists():
        sys.stderr.write(f"making {path} …\n")
        new = path.with_name(path.name + ".new")
        new.unlink(missing_ok=True)
        register = open_register(str(new))
        generate(register, scale)
        search.make(register)
        register.close(backup=False)
        new.replace(path)
    return path


def lines_of(name: str, scale: str | None, folder: Path) -> Iterator[tuple[str, ...]]:
    """The lines of one benchmark, one a case, each as soon as it is measured."""
    bench = import_module(f"tests.benchmarks.{name}")
    register = demo_register(scale or bench.SCALE)
    if hasattr(bench, "prepare"):
        measure(name, "prepare", register, folder, "")
    for case in bench.CASES:
        sides = {"floor": [], "ours": []}
        for _ in range(bench.ROUNDS):
            for side, runs in sides.items():
                runs.append(measure(name, side, register, folder, case))
        floor, ours = best(sides["floor"]), best(sides["ours"])
        ratio = ours.seconds / floor.seconds
        yield (
            bench.TITLE.format(case=case),
            f"{floor.seconds:.3f}",
            f"{ours.seconds:.3f}",
            f"{ratio:.3g}",
            f"{bench.LIMIT:g}",
            "ok" if ratio <= bench.LIMIT else "OVER",
            f"{floor.peak_mb:.0f}",
            f"{ours.peak_mb:.0f}",
        )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "--scale", choices=("grid", "community", "street", "district"), help="where not told, each one's own"
    )
    parser.add_argument("--only", choices=BENCHMARKS, action="append", help="may be given several times")
    chosen = parser.parse_args()
    code = 0
    print_line(HEADINGS)
    print_line(tuple("---" for _ in HEADINGS))
    for name in chosen.only or BENCHMARKS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                for line in lines_of(name, chosen.scale, Path(folder)):
                    print_line(line)
            except subprocess.CalledProcessError:  # its own words stand above; the others can still be measured
                print_line((name, "failed", *[""] * (len(HEADINGS) - 2)))
                code = 1
    return code


def print_line(cells: tuple[str, ...]) -> None:
    sys.stdout.write("| " + " | ".join(cells) + " |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
