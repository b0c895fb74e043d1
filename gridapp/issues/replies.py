"""Words that are offered when a step of an issue asks for a note: those that come with the program, or one's own."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from gridapp.errors import UserError
from gridapp.store.register import Register
from gridapp.store.setting import Setting

_SETTING = "issues/replies"
_LABEL = "修改常用语"
_LONGEST = 500

Replies = Mapping[str, Sequence[str]]


@cache
def built_in() -> Replies:
    """The words that come with the program, by step (see ``issues.workflow.Step``)."""
    text = (files("resources.issues") / "replies.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found


def of(register: Register) -> Replies:
    """The words of a register, by step."""
    text = register.value(Setting.select(Setting.value).where(Setting.key == _SETTING))
    return _read(text) if text else built_in()


def save(register: Register, step: str, lines: Sequence[str]) -> None:
    """Replace what is offered with one step; blank lines and repetitions are left out.

    Raises:
        UserError: a line is longer than a note should be.
    """
    told = list(dict.fromkeys(filter(None, (" ".join(line.split()) for line in lines))))
    longest = max((len(line) for line in told), default=0)
    if longest > _LONGEST:
        raise UserError(f"常用语写了{longest}个字，请精简到{_LONGEST}字以内。")
    text = json.dumps({**of(register), step: told}, ensure_ascii=False)
    with register.recording(_LABEL) as recording:
        there = register.value(Setting.select(Setting.uid).where(Setting.key == _SETTING))
        if there is None:
            recording.insert(Setting, key=_SETTING, value=text)
        else:
            recording.update(Setting, there, {"value": text})


@cache
def _read(text: str) -> Replies:
    found: dict[str, list[str]] = json.loads(text)
    return found
