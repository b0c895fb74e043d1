"""What a workbook says of itself beside its sheets."""

from typing import Protocol

from openpyxl import Workbook

import gridapp


class Described(Protocol):
    """A list as it is shown, in words."""

    @property
    def title(self) -> str: ...

    @property
    def place(self) -> str: ...

    @property
    def filter_line(self) -> str: ...

    @property
    def actor(self) -> str: ...


def describe(book: Workbook, shown: Described) -> None:
    """Note what is in a workbook, and who took it out."""
    book.properties.title = shown.title
    book.properties.subject = f"{shown.place}，{shown.filter_line}，含居民个人信息，请妥善保管"
    book.properties.creator = shown.actor
    book.properties.lastModifiedBy = shown.actor
    book.properties.keywords = f"GridApp {gridapp.__version__}"
