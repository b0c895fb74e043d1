"""Words that are offered when a step of an issue asks for a note: those that come with the program, or one's own."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from gridapp.errors import UserError
from gridapp.issues.workflow import BY_STEP, TRANSITIONS, Need, Step
from gridapp.store import setting
from gridapp.store.register import Register

_SETTING = "issues/replies"
_LABEL = "修改常用语"
LONGEST = 500

Replies = Mapping[str, Sequence[str]]

STEPS = tuple(row.step for row in TRANSITIONS if Need.NOTE in (*row.needs, *row.asks))
"""The steps with which something may be said, in the order of the workflow."""


class UnfitReply(UserError):
    """A sentence cannot be kept. ``step`` and ``place`` say which."""

    def __init__(self, message: str, step: str, place: int) -> None:
        super().__init__(message)
        self.step = step
        self.place = place


@cache
def built_in() -> Replies:
    """The words that come with the program, by step (see ``issues.workflow.Step``)."""
    text = (files("resources.issues") / "replies.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


def of(register: Register) -> Replies:
    """The words of a register, by step."""
    text = setting.stored(register, _SETTING)
    return _read(text) if text else built_in()


def save(register: Register, wanted: Replies, read: Replies | None = None) -> bool:
    """Replace what is offered with some steps, and say whether that differs from what was.

    Blank lines and repetitions are left out; what no step is told of stays as it is.

    Args:
        read: what was offered when somebody began to edit it.

    Raises:
        UnfitReply: a line is longer than a note should be.
        UserError: somebody else has changed one of these steps since it was read.
    """
    told = {step: _plain(step, lines) for step, lines in wanted.items()}
    with register.recording(_LABEL) as recording:
        before = of(register)
        if read is not None and any(list(before.get(step, ())) != list(read.get(step, ())) for step in told):
            raise UserError("别人刚刚改过这些常用语，这里没有保存。填写的内容都还在：请复制下来，关闭后重新打开再改。")
        after = {step: list(lines) for step, lines in {**before, **told}.items() if lines}
        if after == before:
            return False
        if after == built_in():
            return setting.remove(recording, _SETTING)
        return setting.store(recording, _SETTING, json.dumps(after, ensure_ascii=False))


def _plain(step: str, lines: Sequence[str]) -> list[str]:
    found = [" ".join(line.split()) for line in lines]
    for place, line in enumerate(found):
        if len(line) > LONGEST:
            name = BY_STEP[Step(step)].name
            told = f"“{name}”的第{place + 1}句写了{len(line)}个字，请精简到{LONGEST}字以内。"
            raise UnfitReply(told, step, place)
    return list(dict.fromkeys(filter(None, found)))


@cache
def _read(text: str) -> Replies:
    found: dict[str, list[str]] = json.loads(text)
    return found
