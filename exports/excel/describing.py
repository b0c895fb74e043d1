"""What a workbook says of itself beside its sheets."""

from openpyxl import Workbook

import gridapp
from exports.shown import Shown


def describe(book: Workbook, shown: Shown) -> None:
    """Note what is in a workbook, and who took it out."""
    book.properties.title = shown.title
    book.properties.subject = f"{shown.place}，{shown.filter_line}，含居民个人信息，请妥善保管"
    book.properties.creator = shown.actor
    book.properties.lastModifiedBy = shown.actor
    book.properties.keywords = f"GridApp {gridapp.__version__}"
