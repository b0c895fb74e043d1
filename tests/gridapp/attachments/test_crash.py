"""Whenever a process dies that attaches files: each attachment on record has all of its content."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gridapp.attachments.listing import attached_to
from gridapp.attachments.model import Attachment
from gridapp.register import open_register
from gridapp.store import contents
from gridapp.store.blobs import digest_of
from gridapp.store.check import check

ROOT = Path(__file__).parents[3]


def answered_before_the_kill(url: str, seconds: float) -> tuple[bytes, int, int]:
    """Let a process attach files for a while, kill it, and return their owner, the first and the last answered."""
    command = [sys.executable, "-m", "tests.gridapp.attachments.writer", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)  # the moment of death has to be any moment
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    told = [line.split() for line in lines if line.endswith("\n")]
    return bytes.fromhex(told[0][0]), int(told[0][1]), int(told[-1][1])


def keeps_every_content(url: str, rounds: int) -> None:
    moments = random.Random(11)
    for _ in range(rounds):
        owner, first, last = answered_before_the_kill(url, moments.uniform(0, 0.1))
        with open_register(url, create=False) as register:
            names = [one.name for one in attached_to(register, owner)]
            answered = [f"{number}.jpg" for number in range(first, last + 1)]
            assert names[: len(answered)] == answered and len(names) <= len(answered) + 1
            for digest, thumbnail in register.all(Attachment.select(Attachment.digest, Attachment.thumbnail).tuples()):
                for one in (digest, thumbnail):
                    assert digest_of(contents.read(register, one) or b"") == one
            assert check(register) == []


def test_killing_a_process_that_attaches_leaves_no_record_without_its_content(engine_url: str) -> None:
    keeps_every_content(engine_url, rounds=3)


@pytest.mark.soak
def test_killing_it_many_times_leaves_no_record_without_its_content(engine_url: str) -> None:
    keeps_every_content(engine_url, rounds=50)
