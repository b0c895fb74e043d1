"""Where the household of a row is, put together from its columns, the rows above it and the title."""

import datetime
import re
from collections.abc import Mapping

from gridapp.households.address import floor_of
from gridapp.intake.addresses import Place, building_of, entrance_of, place_of, room_of, stated_floor
from gridapp.intake.cells import code_of, is_blank_word, text_of
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.workbook import Cells

_LONGEST = 120
_NAMES = {"estate": "小区", "building": "楼栋", "entrance": "楼门", "floor": "楼层", "room": "房号", "address": "地址"}
_ENTRANCE_AND_ROOM = re.compile(r"(\d{1,2})-(\d{3,4}[A-Za-z]?)(?:室|号)?")


def own_place(cells: Cells, columns: Mapping[str, int], warnings: list[str]) -> Place:
    """What a row itself says of where it is.

    Args:
        columns: field → column.
        warnings: gains what a person should look at.

    Raises:
        RefusedRow: a cell holds no part of an address.
    """
    estate, building = _text(cells, columns, "estate"), _text(cells, columns, "building")
    entrance, floor = _text(cells, columns, "entrance"), _text(cells, columns, "floor")
    room, address = _text(cells, columns, "room"), _text(cells, columns, "address")
    if building:
        named, short = building_of(building)
        if not named or not estate or named == estate:
            estate, building = estate or named, short
    place = Place(estate, building, entrance and entrance_of(entrance), floor and stated_floor(floor), "")
    if room:
        place = _with_room(place, room)
    if address and not (place.room and place.building):
        place = _with_address(place, address, warnings)
    return place if place.floor else place._replace(floor=floor_of(place.room))


def within(place: Place, above: Place) -> Place:
    """A place with what the title and the headings above it add; what the row says itself comes first."""
    if above.estate and place.estate and above.estate != place.estate:
        return place
    if place.building and above.building and place.building != above.building:
        return place._replace(estate=place.estate or above.estate)
    return place._replace(
        estate=place.estate or above.estate,
        building=place.building or above.building,
        entrance=place.entrance or above.entrance,
    )


def is_somewhere(place: Place) -> bool:
    """Whether a place says enough to find a household."""
    return bool(place.room or place.building)


def _text(cells: Cells, columns: Mapping[str, int], part: str) -> str:
    column = columns.get(part)
    if column is None:
        return ""
    value = cells[column]
    if value == "":
        return ""
    if isinstance(value, datetime.date | datetime.time):
        raise RefusedRow(f"{_NAMES[part]}被Excel改成了日期或时间（{text_of(value)}）。请把这一格设为文本，重新填写。")
    text = text_of(value)
    if len(text) > _LONGEST:
        raise RefusedRow(f"{_NAMES[part]}有{len(text)}个字，最多{_LONGEST}个。请把多余的内容移到备注。")
    return "" if is_blank_word(text) else text


def _with_room(place: Place, text: str) -> Place:
    room = room_of(text)
    if room.isdigit() or place.entrance:
        return place._replace(room=room)
    if place.building:
        # With the building in a column of its own, 2-501 can only be entrance and room.
        parts = _ENTRANCE_AND_ROOM.fullmatch(code_of(text))
        if parts is not None:
            return place._replace(entrance=entrance_of(parts[1]), room=parts[2])
    whole = place_of(text)
    if whole is None or (place.building and whole.building not in ("", place.building)):
        return place._replace(room=room)
    return _filled(place, whole)


def _with_address(place: Place, text: str, warnings: list[str]) -> Place:
    whole = place_of(text)
    if whole is not None:
        return _filled(place, whole)
    if not is_somewhere(place):
        warnings.append(f"地址“{text}”分不出楼栋和房号，已原样登记在房号里")
        return place._replace(room=text)
    return place


def _filled(place: Place, whole: Place) -> Place:
    return Place(*(told or found for told, found in zip(place, whole, strict=True)))
