"""How a filter is said in words, and how its numbers are read as people type them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gridapp.errors import UserError
from gridapp.households import address
from gridapp.households.categories import CATEGORIES, at
from gridapp.households.filters import Ages, Filter, Place
from gridapp.households.model import KIND_NAMES

BANDS = (Ages(0, 6), Ages(7, 17), Ages(18, 59), Ages(60, 69), Ages(70, 79), Ages(80))
"""The age bands that are offered."""

UNVISITED_DAYS = 30
"""After how many days without a visit a household is usually looked for."""

_OLDEST = 150
_MOST_DAYS = 9_999
_NAMED_PLACES = 3
_BAND = re.compile(r"(\d*)(?:-|–|—|~|到|至)(\d*)")


@dataclass(frozen=True)
class Part:
    """One thing that a filter asks for.

    Attributes:
        text: what it is, in words.
        rest: the filter without it.
    """

    text: str
    rest: Filter


def parts(chosen: Filter) -> list[Part]:
    """What a filter asks for, one by one; empty where it leaves all."""
    return list(_parts(chosen))


def describe(chosen: Filter, area_name: str = "") -> list[str]:
    """What a filter asks for, in words, behind the area's name where that is told."""
    return [*([area_name] if area_name else []), *(part.text for part in _parts(chosen))]


def _parts(chosen: Filter) -> Iterator[Part]:
    if chosen.past:
        yield Part("已离开的住户", replace(chosen, past=False))
    if chosen.first is not None:
        names = "、".join(at(position).name for position in sorted(chosen.first))
        yield Part(f"首要分类：{names}", replace(chosen, first=None))
    if chosen.carrying:
        yield Part(_carrying_text(chosen), replace(chosen, carrying=frozenset(), carrying_all=False))
    if chosen.kind:
        yield Part(f"类型：{KIND_NAMES.get(chosen.kind, chosen.kind)}", replace(chosen, kind=""))
    if chosen.places:
        yield Part(f"位置：{_places_text(chosen.places)}", replace(chosen, places=()))
    if chosen.unvisited_days is not None:
        yield Part(f"{chosen.unvisited_days}天未走访", replace(chosen, unvisited_days=None))
    if chosen.open_issues:
        yield Part("有未结民意", replace(chosen, open_issues=False))
    if chosen.ages:
        bands = "、".join(map(ages_text, sorted(chosen.ages)))
        yield Part(f"居民年龄：{bands}", replace(chosen, ages=()))
    if chosen.special:
        yield Part(f"居民情况：{'、'.join(sorted(chosen.special))}", replace(chosen, special=frozenset()))
    if chosen.party_member:
        yield Part("居民中有党员", replace(chosen, party_member=False))
    if chosen.no_phone:
        yield Part("没有电话", replace(chosen, no_phone=False))
    if chosen.no_residents:
        yield Part("没有居民登记", replace(chosen, no_residents=False))
    if chosen.text.strip():
        yield Part(f"含“{chosen.text.strip()}”", replace(chosen, text=""))


def _carrying_text(chosen: Filter) -> str:
    names = [category.name for category in CATEGORIES if category.key in chosen.carrying]
    if len(names) == 1:
        return f"分类含{names[0]}"
    return f"分类同时含{'、'.join(names)}" if chosen.carrying_all else f"分类含{'或'.join(names)}"


def _places_text(places: Sequence[Place]) -> str:
    named = "、".join(map(place_text, places[:_NAMED_PLACES]))
    return named if len(places) <= _NAMED_PLACES else f"{named}等{len(places)}处"


def place_text(place: Place) -> str:
    """``盛欣园3号楼2门``; where households name nothing, that is said."""
    estate, building, entrance = (part or "" for part in place)
    return address.full_label(estate, building, entrance, "") or "未写明楼栋"


def ages_text(ages: Ages) -> str:
    """``60–69岁``, ``80岁以上``."""
    if ages.last is None:
        return f"{ages.first}岁以上"
    return f"{ages.first}岁" if ages.first == ages.last else f"{ages.first}–{ages.last}岁"


def typed_days(text: str) -> int:
    """A number of days as somebody typed it.

    Raises:
        UserError: it is none.
    """
    days = _number(text)
    if days is None or not 1 <= days <= _MOST_DAYS:
        raise UserError(f"天数请填1到{_MOST_DAYS}之间的整数。")
    return days


def typed_ages(first: str, last: str) -> Ages:
    """An age band from its ends as somebody typed them; an empty one leaves it open.

    Raises:
        UserError: an end is no age, both are empty, or they are the wrong way round.
    """
    ends = [_number(end) if end.strip() else "" for end in (first, last)]
    if ends == ["", ""]:
        raise UserError("请填写年龄，如60到69；一端空着表示不限。")
    youngest, oldest = (0 if ends[0] == "" else ends[0]), (None if ends[1] == "" else ends[1])
    told = [end for end in ends if end != ""]
    if any(not isinstance(end, int) or end > _OLDEST for end in told) or not isinstance(youngest, int):
        raise UserError(f"年龄请填0到{_OLDEST}之间的整数。")
    if isinstance(oldest, int) and youngest > oldest:
        raise UserError(f"年龄从{youngest}到{oldest}不对：前一个应不大于后一个。")
    return Ages(youngest, oldest if isinstance(oldest, int) else None)


def typed_band(text: str) -> Ages:
    """An age band as one text: ``60-79``, ``80-``, or one age.

    Raises:
        UserError: it is none.
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix("岁")
    match = _BAND.fullmatch(plain)
    return typed_ages(match[1], match[2]) if match else typed_ages(plain or "x", plain or "x")


def _number(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= len(str(_MOST_DAYS)) else None
