"""Which household is meant by its id or its address, as a command names it."""

import re

from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.filters import Filter
from gridapp.households.listing import Listing
from gridapp.ids import Uid
from gridapp.store.register import Register

_ID = re.compile(r"[0-9a-f]{32}")
_LOOKED_AT = 50


def household_named(register: Register, text: str, code: str = "") -> Uid:
    """The household with an id, or at an address: ``盛欣园3号楼2门501``, ``3-2-501``, or with its head behind it.

    Args:
        code: of the area in which it lies; everywhere unless told.

    Raises:
        UserError: there is none, or there are several.
    """
    plain = "".join(text.split())
    if _ID.fullmatch(plain.lower()):
        return bytes.fromhex(plain)
    found = Listing(register, Filter(code, text=plain)).page(0, _LOOKED_AT)
    exact = [row for row in found if plain in (row.address, address.short_label(row.building, row.entrance, row.room))]
    meant = exact or found
    if not meant:
        raise UserError(f"没有找到住户“{text}”，请用 search 或 list households 查看住址。")
    if len(meant) > 1:
        raise UserError(f"“{text}”有 {len(meant)} 户，请写完整的住址或编号，或用 --area 指明网格。")
    return meant[0].uid
