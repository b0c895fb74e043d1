"""What the rows of a table are, as its headings tell: so far households."""

from gridapp.intake.headers import Header, Kind, find_header
from gridapp.intake.workbook import Sheet

HOUSEHOLDS = Kind("headers", (("name", "head"), ("room", "building", "address")))


def recognised(sheet: Sheet) -> tuple[Kind, Header] | None:
    """What a sheet holds and where its header is, or None."""
    homes = find_header(sheet, HOUSEHOLDS)
    return (HOUSEHOLDS, homes) if homes is not None else None
