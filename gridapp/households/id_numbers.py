"""Resident identity numbers (GB 11643): what they tell, and what is wrong with them."""

import datetime
from dataclasses import dataclass

from stdnum.cn import ric

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
    if not number[:17].isdigit() or not (number[17].isdigit() or number[17] == "X"):
        return "身份证号含有不该有的字符"
    if ric.is_valid(number):
        return ""
    if number.endswith("00") and ric.calc_check_digit(number) != number[17]:
        return "身份证号末几位为0，可能已被Excel舍入，请核对原件"
    try:
        datetime.datetime.strptime(number[6:14], "%Y%m%d")
    except ValueError:
        return "身份证号中的出生日期不存在"
    if ric.calc_check_digit(number) != number[17]:
        return "身份证号校验位不符"
    return "身份证号中的地区代码不存在"


def facts(number: str | None) -> IdFacts | None:
    """Sex and birth date by a number, or None where the number is missing or not correct."""
    if not number or problem(number):
        return None
    return IdFacts(MALE if int(number[16]) % 2 else FEMALE, datetime.datetime.strptime(number[6:14], "%Y%m%d").date())


def age_on(birth_date: datetime.date, day: datetime.date) -> int:
    """Full years of age on a day."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
