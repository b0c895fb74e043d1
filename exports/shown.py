"""What every list that is shown tells of itself, whichever kind of file it becomes."""

from typing import Protocol


class Shown(Protocol):
    """A list as it is shown, in words."""

    @property
    def title(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def filter_line(self) -> str: ...

    @property
    def facts_line(self) -> str: ...

    @property
    def signature(self) -> str: ...

    @property
    def actor(self) -> str: ...
