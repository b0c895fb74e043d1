"""What the rows of a table are, as its headings tell: households, issues of a ledger, or members of teams."""

from gridapp.intake.headers import Header, Kind, find_header
from gridapp.intake.workbook import Sheet

HOUSEHOLDS = Kind("headers", (("name", "head"), ("room", "building", "address")))
ISSUES = Kind("issues", (("description",), ("registered_on", "progress", "handler", "resolved_on")))
MEMBERS = Kind("members", (("role",), ("name",)))

_OF_A_HOME = frozenset({"room", "building", "relation", "id_number", "head", "categories"})
"""What is written of people where they live; a roster has none of it."""


def recognised(sheet: Sheet) -> tuple[Kind, Header] | None:
    """What a sheet holds and where its header is, or None."""
    issues = find_header(sheet, ISSUES)
    if issues is not None:
        return ISSUES, issues
    homes, members = find_header(sheet, HOUSEHOLDS), find_header(sheet, MEMBERS)
    if members is not None and (homes is None or _OF_A_HOME.isdisjoint(homes.fields)):
        return MEMBERS, members
    return (HOUSEHOLDS, homes) if homes is not None else None
