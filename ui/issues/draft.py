"""What stands in the dialog that registers an issue, kept in memory where it was closed before it was saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gridapp.attachments.preparing import Prepared
from gridapp.ids import Uid
from gridapp.issues.states import Source
from ui.issues.reporter_part import Who


@dataclass(frozen=True)
class Draft:
    """An issue as it was typed so far.

    Attributes:
        category: its key, and whether it was chosen by hand.
        area: the area it is registered in where no household tells it.
        visit: the visit that brought it to light.
        files: what was to be attached.
    """

    who: Who = field(default_factory=Who)
    source: Source = Source.PHONE
    text: str = ""
    category: str = ""
    by_hand: bool = False
    urgent: bool = False
    place: str = ""
    handler: str = ""
    area: Uid | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    visit: Uid | None = None
    files: Sequence[Prepared] = ()

    @property
    def summary(self) -> str:
        """It in a few words; empty where nothing was typed that would be missed."""
        text = " ".join(self.text.split())
        files = "、".join(file.name for file in self.files)
        return text or self.place.strip() or (self.who.name or self.who.typed).strip() or files
