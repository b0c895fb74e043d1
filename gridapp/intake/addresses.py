"""Addresses as people write them, taken apart into estate, building, entrance, floor and room."""

import re
from functools import lru_cache
from typing import NamedTuple

from gridapp.households.address import floor_of
from gridapp.intake.cells import code_of

_CACHED = 65_536
_LONGEST_TITLE = 80


class Place(NamedTuple):
    """Where a household is, each part as ``Household`` keeps it; empty where the text does not say."""

    estate: str = ""
    building: str = ""
    entrance: str = ""
    floor: str = ""
    room: str = ""


_COUNT = r"\d+|[零〇一二两三四五六七八九十百]+"
_BUILDING = r"号楼|号栋|栋楼|幢楼|#楼|栋|幢|#"
_ENTRANCE = r"号?单元门?|号门|门栋|门洞|门"
_ADMINISTRATION = re.compile(r".*(?:街道办事处|街道|社区|居委会|网格|村委会)(?!路)")
_CITY = re.compile(r"(?:[^\d]{2,4}省)?(?:[^\d]{2,4}市)?(?:[^\d]{1,3}(?<![小社园新校厂])区)?(?!$)")
_BUILDING_CELL = re.compile(
    rf"第?(?P<building>{_COUNT})(?:{_BUILDING}|号|楼|座)?|(?P<estate>\D+?)第?(?P<named>{_COUNT})(?:{_BUILDING})"
)
_ENTRANCE_CELL = re.compile(rf"第?(?P<entrance>{_COUNT})(?:{_ENTRANCE}|#|号)?")
_FLOOR_CELL = re.compile(rf"第?(?P<floor>{_COUNT})(?:层|楼|F|f)?")
_ROOM_CELL = re.compile(r"(?P<room>[0-9A-Za-z-]+)(?:室|号房|号|房)?")
_TAIL = (
    rf"(?:第?(?P<entrance>{_COUNT}|[甲乙丙丁东西南北A-Za-z])(?:{_ENTRANCE}))?-?"
    rf"(?:第?(?P<floor>{_COUNT})(?:层|楼))?-?"
    r"(?:(?P<room>[0-9A-Za-z][0-9A-Za-z-]*)(?:室|号房|号|房)?)?"
)
_WRITTEN_OUT = re.compile(rf"(?P<estate>.*?)-?第?(?P<building>{_COUNT})(?:{_BUILDING}|座)-?{_TAIL}")
_NAMED_BUILDING = re.compile(rf"(?P<estate>.*?)(?P<building>[A-Za-z甲乙丙丁](?:座|{_BUILDING}))-?{_TAIL}")
_THREE_NUMBERS = re.compile(
    r"(?P<estate>\D*?)(?P<building>\d+)[-/](?P<entrance>\d+)[-/](?P<room>\d+[A-Za-z]?)(?:室|号)?"
)
_TWO_NUMBERS = re.compile(r"(?P<estate>\D*?)(?P<building>\d+)[-/](?P<room>\d{3,4}[A-Za-z]?)(?:室|号)?")
_ENTRANCE_AND_ROOM = re.compile(
    rf"(?P<estate>\D*?)(?P<entrance>{_COUNT})(?:{_ENTRANCE})-?(?P<room>\d[0-9A-Za-z-]*)(?:室|号)?"
)
_ONLY_ROOM = re.compile(r"(?P<room>\d[0-9A-Za-z-]*)(?:室|号房|房)?")
_ADDRESSES = (_WRITTEN_OUT, _NAMED_BUILDING, _THREE_NUMBERS, _TWO_NUMBERS, _ENTRANCE_AND_ROOM, _ONLY_ROOM)
_DATE = re.compile(r"\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?")
_TITLE = re.compile(
    rf"(?P<estate>[^\W\d_]*?)第?(?P<building>{_COUNT})(?:{_BUILDING})(?:第?(?P<entrance>{_COUNT})(?:{_ENTRANCE}))?"
)
_TITLE_ESTATE = re.compile(r"(?P<estate>[^\W\d_]{2,10}小区)")
_BAND = re.compile(
    rf"(?P<estate>[^\W\d_]*?)第?(?P<building>{_COUNT})(?:{_BUILDING})(?:第?(?P<entrance>{_COUNT})(?:{_ENTRANCE}))?"
    rf"|第?(?P<only>{_COUNT})(?:{_ENTRANCE})"
)
_DIGITS = {**{d: n for n, d in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}


@lru_cache(_CACHED)
def building_of(text: str, estate: str = "") -> tuple[str, str]:
    """Estate and building of a cell: ``3号楼`` → ``3``; a name stays as it is.

    Args:
        estate: the one that is known already. A cell that names another is taken for the name of a building.
    """
    match = _BUILDING_CELL.fullmatch(code_of(text))
    if match is None or (match["estate"] and estate and match["estate"] != estate):
        return estate, text
    return match["estate"] or estate, _number(match["building"] or match["named"])


@lru_cache(_CACHED)
def entrance_of(text: str) -> str:
    """``2门`` or ``二单元`` → ``2``; a name stays as it is."""
    match = _ENTRANCE_CELL.fullmatch(code_of(text))
    return _number(match["entrance"]) if match else text


@lru_cache(_CACHED)
def stated_floor(text: str) -> str:
    """``5层`` → ``5``; a name stays as it is."""
    match = _FLOOR_CELL.fullmatch(code_of(text))
    return _number(match["floor"]) if match else text


@lru_cache(_CACHED)
def room_of(text: str) -> tuple[str, str]:
    """Room and the floor that it tells: ``501室`` → ``501``, ``5``; a name stays as it is."""
    match = _ROOM_CELL.fullmatch(code_of(text))
    room = match["room"] if match else text
    return room, floor_of(room)


@lru_cache(_CACHED)
def place_of(text: str) -> Place | None:
    """An address in one text: ``盛欣园3号楼2门501``, ``3-2-501``; None where its parts cannot be told apart."""
    plain = code_of(text)
    short = _ADMINISTRATION.sub("", plain) or plain
    if short == plain:
        short = _CITY.sub("", plain, count=1)
    for pattern in _ADDRESSES:
        match = pattern.fullmatch(short)
        if match and (match["room"] or match.groupdict().get("building")):
            return _placed(match.groupdict())
    return None


def title_place(text: str) -> Place:
    """Estate, building and entrance that a title or a sheet's name tells: ``太极园4号楼居民信息采集表``."""
    short = _ADMINISTRATION.sub("", _DATE.sub("", code_of(text[:_LONGEST_TITLE])))
    match = _TITLE.search(short) or _TITLE_ESTATE.match(short)
    return _placed(match.groupdict()) if match else Place()


def band_place(text: str) -> Place | None:
    """What a row says that only names the building or entrance of the rows below it; None if it does not."""
    match = _BAND.fullmatch(code_of(text))
    if match is None:
        return None
    if match["only"]:
        return Place(entrance=_number(match["only"]))
    return _placed({part: match[part] for part in ("estate", "building", "entrance")})


def _placed(parts: dict[str, str | None]) -> Place:
    found = {part: text or "" for part, text in parts.items()}
    room = found.get("room", "")
    floor = _number(found.get("floor", "")) or floor_of(room)
    return Place(
        found.get("estate", "").strip("-,"),
        _number(found.get("building", "")),
        _number(found.get("entrance", "")),
        floor,
        room,
    )


def _number(text: str) -> str:
    """``十二`` → ``12``, ``03`` → ``3``; what is no number stays."""
    if text.isascii():
        return (text.lstrip("0") or "0") if text.isdigit() else text
    total, digit = 0, 0
    for character in text:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
        elif character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + digit * 100, 0
        else:
            return text
    return str(total + digit)
