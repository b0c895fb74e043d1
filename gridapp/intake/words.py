"""The words by which workbooks say things: ``resources/intake/*.json``."""

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The words of ``resources/intake/<name>.json``."""
    return json.loads((files("resources.intake") / f"{name}.json").read_text(encoding="utf-8"))


@cache
def meanings(name: str, part: str) -> dict[str, str]:
    """Word → what it means, of a part that lists the words of each meaning."""
    return {word: meaning for meaning, listed in load(name)[part].items() for word in listed}
