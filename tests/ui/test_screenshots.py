"""Pictures of every screen, made without a display and without touching the register."""

import datetime
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from gridapp.areas import tree
from gridapp.households.model import Household
from gridapp.register import open_register
from gridapp.store.log import Batch, Change
from gridapp.teams.model import Member
from tests import factories as make
from tests.ui import people

ROOT = Path(__file__).parents[2]
PICTURES = [
    "01-households",
    "02-by-colour",
    "03-nothing-found",
    "04-what-is-missing",
    "05-overview-of-a-grid",
    "06-overview-of-all",
    "28-today",
    "07-households-of-all",
    "08-add-area",
    "09-shortcuts",
    "10-about",
    "11-import-report",
    "12-search",
    "22-filtered",
    "23-filter-panel",
    "13-colour-map",
    "15-building-record",
    "16-building-list",
    "17-site-plan",
    "24-visits-due",
    "25-visits-made",
    "26-visits-covered",
    "27-visit",
    "18-cell-refused",
    "19-cell-categories",
    "20-groups",
    "21-columns",
    "41-tasks",
    "42-work-plan",
    "43-work-plan-editor",
    "44-pairings",
    "30-ledger",
    "31-ledger-steps",
    "32-ledger-history",
    "33-ledger-board",
    "34-ledger-calls",
    "35-issue-form",
    "36-issue-step",
    "37-issue-categories",
    "38-issue-replies",
    "50-team",
    "51-team-shortage",
    "52-team-away",
    "53-team-substitute",
    "54-team-absence",
    "55-team-move",
    "60-emergency-plans",
    "61-activation",
    "62-progress",
    "63-calls",
    "64-duties",
    "65-emergency-tasks",
    "66-daily-reports",
    "67-today-in-an-emergency",
    "68-stand-down",
    "69-after-action",
    "14-empty-register",
    "29-today-with-nothing",
    "39-ledger-of-nothing",
]
DIALOGS = {
    "08",
    "09",
    "10",
    "11",
    "15",
    "16",
    "21",
    "23",
    "27",
    "35",
    "36",
    "37",
    "38",
    "44",
    "53",
    "54",
    "55",
    "61",
    "68",
    "69",
}
OF_THE_WINDOW = {name for name in PICTURES if name[:2] not in DIALOGS}


@pytest.fixture
def with_issues(db: Path) -> Path:
    """The same register with an issue that is open, one of which somebody has to hear, and a member who is away."""
    register = open_register(str(db), create=False)
    grid = tree.find(register, people.THIRD).uid
    home = register.value(Household.select(Household.uid).where(Household.head == people.FIRST))
    make.make_issue(register, grid, people.FIRST, description="楼道灯不亮", household=home)
    make.make_issue(register, grid, "李建国", description="井盖松动", resolved_on=datetime.date(2020, 8, 25))
    away = register.value(Member.select(Member.uid).where(Member.name == "网格小刘"))
    make.make_absence(register, away, datetime.date.today(), reason="请假")
    register.close(backup=False)
    return db


def take(*arguments: object) -> subprocess.CompletedProcess[str]:
    """``main.py screenshots`` where there is no display."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    command = [sys.executable, str(ROOT / "main.py"), "screenshots", *(str(argument) for argument in arguments)]
    return subprocess.run(command, env=surroundings, capture_output=True, encoding="utf-8", timeout=120)


def history(db: Path) -> list[tuple]:
    register = open_register(str(db), create=False)
    found = [*register.each(Batch.select().order_by(Batch.id)), *register.each(Change.select().order_by(Change.seq))]
    register.close(backup=False)
    return found


@pytest.mark.parametrize("more", [("--scale", 1.5), ("--dark",)], ids=["light", "dark"])
def test_every_screen_is_pictured_at_its_size_and_the_register_stays_as_it_was(
    with_issues: Path, tmp_path: Path, more: tuple[object, ...]
) -> None:
    db = with_issues
    before = history(db)
    out = tmp_path / "图"
    done = take("--db", db, "--out", out, *more)
    assert (done.returncode, done.stderr) == (0, "")
    assert [Path(line).stem for line in done.stdout.splitlines()] == PICTURES
    scale = 1.5 if "--scale" in more else 1
    for path in out.iterdir():
        width, height = struct.unpack(">II", path.read_bytes()[16:24])
        image = QImage(str(path))
        if path.stem in OF_THE_WINDOW:
            assert (width, height) == (1440 * scale, 900 * scale)
        colours = {image.pixel(x, y) for x in range(0, width, 5) for y in range(0, height, 5)}
        assert len(colours) > 10, path.name
    assert history(db) == before
    assert sorted(path.name for path in db.parent.iterdir() if path.suffix == ".backups") == []


def test_a_register_that_is_not_there_is_refused_in_one_line(tmp_path: Path) -> None:
    done = take("--db", tmp_path / "缺.db", "--out", tmp_path / "图")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert "没有找到" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused_in_one_line(db: Path, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    done = take("--db", db, "--out", tmp_path / "文件" / "图")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "没有写成" in done.stderr
