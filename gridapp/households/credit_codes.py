"""Unified social credit codes of enterprises (GB 32100): how they are written, and what is wrong with one."""

LENGTH = 18
_LETTERS_LEFT_OUT = "IOSVZ"
"""Letters that are not used, since they are taken for digits and for each other."""

_DIGITS_FIRST = 8
"""Who registers it, what it is and the six digits of its place."""


def normalized(text: str) -> str:
    """A code without blanks and hyphens, in capitals and ordinary digits; what else is wrong with it stays."""
    from stdnum.cn import uscc  # loading it takes longer than all else at a start that may never check one

    return "".join(uscc.compact(text).split())


def problem(code: str) -> str:
    """Why a code is not correct, in words; empty if it is, or if there is none."""
    if not code:
        return ""
    if len(code) != LENGTH:
        return f"统一社会信用代码应为{LENGTH}位，现为{len(code)}位"
    from stdnum.cn import uscc
    from stdnum.exceptions import InvalidChecksum, ValidationError

    try:
        uscc.validate(code)
    except InvalidChecksum:
        return "统一社会信用代码校验位不符，请核对证照"
    except ValidationError:
        return _wrong_characters(code)
    return ""


def _wrong_characters(code: str) -> str:
    never = [letter for letter in dict.fromkeys(code) if letter in _LETTERS_LEFT_OUT]
    if never:
        return f"统一社会信用代码中不会出现字母{'、'.join(never)}，请核对是否为相近的数字或字母"
    if not (code.isascii() and code.isalnum()):
        return "统一社会信用代码含有不该有的字符"
    return f"统一社会信用代码的前{_DIGITS_FIRST}位应为数字"
