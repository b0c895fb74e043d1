"""Running the command line in this process, as a person does in a terminal."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from ui.cli import main


class Answer(NamedTuple):
    """What a command left behind: its exit code, what it printed, and what it said went wrong."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``main.py`` with these arguments."""

    def call(*arguments: object) -> Answer:
        capsys.readouterr()
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 0
        return Answer(code, *capsys.readouterr())

    return call


@pytest.fixture
def refused(run: Run) -> Callable[..., str]:
    """Run a command that is to be refused with one line and exit 1, and return that line."""

    def call(*arguments: object) -> str:
        answer = run(*arguments)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.endswith("\n") and answer.err.count("\n") == 1
        return answer.err.strip()

    return call
