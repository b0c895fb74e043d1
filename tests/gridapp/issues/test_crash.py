"""A step that was answered as saved survives the death of the process with its files; no issue is left halfway."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from peewee import fn

from gridapp.attachments.listing import attached_to
from gridapp.attachments.model import Attachment
from gridapp.issues.model import IssueStep
from gridapp.register import open_register
from gridapp.store.check import check
from tests import factories as make
from tests.gridapp.issues.ledger import faults

ROOT = Path(__file__).parents[3]


def answered_steps_before_the_kill(url: str, seconds: float) -> dict[bytes, bytes]:
    """Let a process step issues for a while, kill it, and return the steps that it said were saved, with what has files
    since then."""
    command = [sys.executable, "-m", "tests.gridapp.issues.stepper", url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)  # the moment of death has to be any moment
        process.kill()
        lines = [first, *process.stdout.read().splitlines(keepends=True)]
    told = [line.split() for line in lines if line.endswith("\n")]
    return {bytes.fromhex(step): bytes.fromhex(owner) for step, owner in told}


def keeps_every_answered_step(url: str, rounds: int) -> None:
    with open_register(url) as register:
        make.make_grid(register)
    moments = random.Random(7)
    answered: dict[bytes, bytes] = {}
    for _ in range(rounds):
        answered |= answered_steps_before_the_kill(url, moments.uniform(0, 0.25))
        with open_register(url, create=False) as register:
            kept = {bytes(uid) for (uid,) in register.each(IssueStep.select(IssueStep.uid))}
            assert answered.keys() <= kept
            assert len(kept - answered.keys()) <= rounds  # saved, but not yet answered
            assert {len(attached_to(register, owner)) for owner in answered.values()} == {2}
            assert register.value(Attachment.select(fn.COUNT(Attachment.uid))) == 2 * len(kept)
            # Among others, that every content is there and is what it was.
            assert faults(register) == [] and check(register) == []


def test_killing_whoever_steps_issues_loses_no_answered_step(engine_url: str) -> None:
    keeps_every_answered_step(engine_url, rounds=5)


@pytest.mark.soak
def test_killing_whoever_steps_issues_many_times_loses_no_answered_step(engine_url: str) -> None:
    keeps_every_answered_step(engine_url, rounds=50)
