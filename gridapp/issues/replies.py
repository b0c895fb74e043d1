"""Words that are offered when a step of an issue asks for a note."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files


@cache
def built_in() -> Mapping[str, Sequence[str]]:
    """The words that come with the program, by step (see ``issues.workflow.Step``)."""
    text = (files("resources.issues") / "replies.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found
