"""A save that was answered survives the death of the process, and what was half done leaves nothing."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gridapp.register import open_register
from gridapp.store.check import check
from gridapp.store.setting import Setting

ROOT = Path(__file__).parents[3]


def answered_saves_before_the_kill(url: str, seconds: float) -> tuple[str, int]:
    """Let a process save for a while, kill it, and return its first key and the number it last answered."""
    command = [sys.executable, "-m", "tests.gridapp.store.writer", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)  # the moment of death has to be any moment
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    key, number = [line for line in lines if line.endswith("\n")][-1].split()
    return key, int(number)


def keeps_what_was_answered(url: str, rounds: int) -> None:
    moments = random.Random(7)
    for _ in range(rounds):
        key, number = answered_saves_before_the_kill(url, moments.uniform(0, 0.25))
        with open_register(url, create=False) as register:
            values = Setting.select(Setting.value).where(Setting.key == key)
            stored = int(register.value(values))
            assert stored in (number, number + 1)  # the last save may have been kept but not yet answered
            saves = register.all(Setting.select(Setting.key).where(Setting.key.startswith(f"{key}-")))
            assert len(saves) == stored
            assert check(register) == []


def test_killing_the_writer_loses_no_answered_save(engine_url: str) -> None:
    keeps_what_was_answered(engine_url, rounds=4)


@pytest.mark.soak
def test_killing_the_writer_many_times_loses_no_answered_save(engine_url: str) -> None:
    keeps_what_was_answered(engine_url, rounds=100)
