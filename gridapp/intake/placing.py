"""Where the household of a row is, put together from its columns, the rows above it and the title."""

import datetime
import re
from collections.abc import Mapping

from gridapp.intake.addresses import Place, building_of, entrance_of, place_of, room_of, stated_floor
from gridapp.intake.cells import code_of, said, text_of
from gridapp.intake.refusing import RefusedRow
from gridapp.intake.workbook import Cells

_LONGEST = 120
_NAMES = {"estate": "小区", "building": "楼栋", "entrance": "楼门", "floor": "楼层", "room": "房号", "address": "地址"}
_OUTER = ("estate", "building", "entrance", "floor")
_ENTRANCE_AND_ROOM = re.compile(r"(\d{1,2})-(\d{3,4}[A-Za-z]?)(?:室|号)?")


class PlaceReader:
    """Reads what the rows of one table say of where they are.

    Args:
        columns: field → column.
    """

    def __init__(self, columns: Mapping[str, int]) -> None:
        self._columns = columns
        self._outer = tuple(columns[part] for part in _OUTER if part in columns)
        self._room = columns.get("room")
        self._address = columns.get("address")
        self._known: dict[tuple, Place] = {}

    def read(self, cells: Cells, warnings: list[str]) -> Place:
        """What a row itself says of where it is.

        Args:
            warnings: gains what a person should look at.

        Raises:
            RefusedRow: a cell holds no part of an address.
        """
        place = self._outer_place(cells)
        if self._room is not None:
            room = _text(cells, self._room, "room")
            if room:
                place = _with_room(place, room)
        if self._address is not None and not (place.room and place.building):
            address = _text(cells, self._address, "address")
            if address:
                place = _with_address(place, address, warnings)
        return place

    def _outer_place(self, cells: Cells) -> Place:
        # Neighbours stand below one another, so most rows repeat what is outside the door.
        told = tuple([cells[column] for column in self._outer])
        place = self._known.get(told)
        if place is None:
            estate, building, entrance, floor = (
                _text(cells, self._columns[part], part) if part in self._columns else "" for part in _OUTER
            )
            if building:
                estate, building = building_of(building, estate)
            place = Place(estate, building, entrance and entrance_of(entrance), floor and stated_floor(floor), "")
            self._known[told] = place
        return place


def within(place: Place, above: Place) -> Place:
    """A place with what the title and the headings above it add; what the row says itself comes first."""
    if not (above.estate or above.building or above.entrance):
        return place
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


def _text(cells: Cells, column: int, part: str) -> str:
    value = cells[column]
    if isinstance(value, datetime.date | datetime.time):
        raise RefusedRow(f"{_NAMES[part]}被Excel改成了日期或时间（{text_of(value)}）。请把这一格设为文本，重新填写。")
    text = said(value)
    if len(text) > _LONGEST:
        raise RefusedRow(f"{_NAMES[part]}有{len(text)}个字，最多{_LONGEST}个。请把多余的内容移到备注。")
    return text


def _with_room(place: Place, text: str) -> Place:
    estate, building, entrance, floor, _ = place
    room, told_floor = room_of(text)
    if room.isdigit() or entrance:
        return Place(estate, building, entrance, floor or told_floor, room)
    if building:
        # With the building in a column of its own, 2-501 can only be entrance and room.
        parts = _ENTRANCE_AND_ROOM.fullmatch(code_of(text))
        if parts is not None:
            room, told_floor = room_of(parts[2])
            return Place(estate, building, entrance_of(parts[1]), floor or told_floor, room)
    whole = place_of(text)
    if whole is None or (building and whole.building not in ("", building)):
        return Place(estate, building, entrance, floor or told_floor, room)
    return _filled(place, whole)


def _with_address(place: Place, text: str, warnings: list[str]) -> Place:
    whole = place_of(text)
    if whole is not None:
        return _filled(place, whole)
    if not is_somewhere(place):
        warnings.append(f"地址“{text}”分不出楼栋和房号，已原样登记在房号里")
        return place._replace(room=room_of(text)[0])
    return place


def _filled(place: Place, whole: Place) -> Place:
    return Place(*(told or found for told, found in zip(place, whole, strict=True)))
