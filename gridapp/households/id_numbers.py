"""Resident identity numbers (GB 11643): what they tell, and what is wrong with them."""

import datetime
from dataclasses import dataclass
from functools import lru_cache

MALE = "男"
FEMALE = "女"
SEXES = (MALE, FEMALE)


@dataclass(frozen=True)
class IdFacts:
    """What a correct number says of its holder."""

    sex: str
    birth_date: datetime.date


def normalized(text: str) -> str:
    """A number without spaces and with a capital X; what else is wrong with it stays."""
    return "".join(text.split()).upper()


def problem(number: str | None) -> str:
    """Why a number is not correct, in words; empty if it is, or if there is none."""
    if not number:
        return ""
    if len(number) != 18:
        return f"身份证号应为18位，现为{len(number)}位"
    if not (number.isascii() and number[:17].isdigit() and (number[17].isdigit() or number[17] == "X")):
        return "身份证号含有不该有的字符"
    from stdnum.cn import ric  # loading it takes longer than all else at a start that may never check one

    is_checked = ric.calc_check_digit(number) == number[17]
    # Excel keeps 15 digits. One in eleven of such numbers passes the check, and would tell the wrong sex.
    if number.endswith("000") or (not is_checked and number.endswith("00")):
        return "身份证号末几位为0，可能已被Excel舍入，请核对原件"
    if _birth_date(number) is None:
        return "身份证号中的出生日期不存在"
    if not is_checked:
        return "身份证号校验位不符"
    return "" if _place_is_known(number[:10]) else "身份证号中的地区代码不存在"


def facts(number: str | None) -> IdFacts | None:
    """Sex and birth date by a number, or None where the number is missing or not correct."""
    if not number or problem(number):
        return None
    birth_date = _birth_date(number)
    return IdFacts(MALE if int(number[16]) % 2 else FEMALE, birth_date) if birth_date else None


def _birth_date(number: str) -> datetime.date | None:
    try:
        return datetime.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


@lru_cache(65_536)
def _place_is_known(place_and_year: str) -> bool:
    """Whether the first ten digits name a county of their year; to look that up takes most of the time."""
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return bool(ric.get_birth_place(f"{place_and_year}01010000"))
    except ValidationError:
        return False


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Full years of age on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
