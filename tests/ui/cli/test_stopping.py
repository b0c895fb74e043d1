"""A command that is told to stop in the middle of its work."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gridapp.demo.generate import generate
from gridapp.register import open_register

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without telling it")
def test_an_export_that_is_told_to_stop_leaves_nothing_in_the_folder(tmp_path: Path) -> None:
    db, out = tmp_path / "登记簿.db", tmp_path / "手册"
    register = open_register(str(db))
    generate(register, "community")
    register.close(backup=False)
    command = [sys.executable, str(ROOT / "main.py"), "export", "handbook", "--db", str(db)]
    command += ["--area", "120104003001", "--out", str(out)]
    working = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + PATIENCE_S
    while not list(out.glob(".gridapp-*/*.pdf")):
        assert working.poll() is None and time.monotonic() < until, "it was done before it could be stopped"
        time.sleep(0.005)
    working.send_signal(signal.SIGTERM)
    assert working.wait(PATIENCE_S) == 128 + signal.SIGTERM
    assert list(out.iterdir()) == []
