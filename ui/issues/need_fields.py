"""One widget for each thing that a step may ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gridapp.errors import UserError
from gridapp.finding import ISSUES, find
from gridapp.issues import handlers, lookalikes
from gridapp.issues.lookalikes import Asked
from gridapp.issues.reading import Raiser, Whole
from gridapp.issues.states import CHANNEL_NAMES, SATISFACTION_NAMES, SOURCE_NAMES, Source
from gridapp.issues.stepping import Missing
from gridapp.issues.workflow import Need, Transition
from gridapp.register import Register
from ui import theme
from ui.issues.handler_line import HandlerLine
from ui.issues.reply_note import ReplyNote
from ui.issues.reporter_part import ReporterPart
from ui.widgets.day_line import ToldDayLine
from ui.widgets.keyed_choice import KeyedChoice
from ui.widgets.typeahead import Offer, TypeAhead

_OFFERED = 8


@dataclass(frozen=True)
class Case:
    """The step that is asked about.

    Attributes:
        whole: the issue, where it is one; with many at once nothing is known of them.
        area_code: where teams are looked for.
    """

    register: Register
    row: Transition
    whole: Whole | None
    area_code: str


@dataclass(frozen=True)
class NeedField:
    """A widget with its label, and what it tells of an entry, by the names of ``stepping.Entry``."""

    label: str
    widget: QWidget
    tell: Callable[[], dict[str, Any]]


def field_for(need: Need, case: Case) -> NeedField | None:
    """The widget for something that a step asks for; None where it cannot be asked of many at once."""
    return _MAKERS[need](case)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NeedFields", text)


def _note(case: Case) -> NeedField:
    note = ReplyNote(case.register, case.row.step.value)
    label = case.row.note if Need.NOTE in case.row.needs else _tr("{0}（可不填）").format(case.row.note)
    return NeedField(label, note, lambda: {"note": note.text()})


def _handler(case: Case) -> NeedField:
    category = case.whole.values["category"] if case.whole is not None else ""
    known = handlers.offered(case.register, case.area_code, category)
    line = HandlerLine(lambda: known)
    line.setPlaceholderText(_tr("姓名、单位或首字母，↓ 列出全部"))
    return NeedField(_tr("承办人或单位"), line, lambda: {"handler": line.text(), "assignee": line.member()})


def _day(name: str, label: str) -> Callable[[Case], NeedField]:
    def make(case: Case) -> NeedField:
        line = ToldDayLine()

        def tell() -> dict[str, Any]:
            try:
                return {name: line.day()}
            except UserError as error:
                raise Missing(_DAYS[name], str(error)) from error

        return NeedField(_tr(label), line, tell)

    return make


def _original(case: Case) -> NeedField:
    register, whole = case.register, case.whole
    said = whole.values["description"] if whole is not None else ""
    own = whole.uid if whole is not None else b""

    def offer(text: str) -> Sequence[Offer]:
        if text.strip():
            found = [one for one in find(register, text, _OFFERED).found if one.kind == ISSUES]
            return [Offer(one.issue, one.title, one.detail) for one in found if one.issue != own]
        alike = lookalikes.find(register, Asked(case.area_code, said), _OFFERED + 1)
        return [Offer(one.uid, one.number, one.text) for one in alike if one.uid != own]

    line = TypeAhead(offer)
    line.setPlaceholderText(_tr("编号、内容或反映人，↓ 列出相似的"))
    return NeedField(_tr("并入哪一条"), line, lambda: {"original": line.value()})


def _reporter(case: Case) -> NeedField | None:
    if case.whole is None:
        return None  # of many, each has its own, who is found if it is only one
    box = QComboBox()
    for one in case.whole.waiting:
        box.addItem(raiser_text(one), one.uid)
    return NeedField(_tr("反映人"), box, lambda: {"reporter": box.currentData()})


def _channel(case: Case) -> NeedField:
    choice = KeyedChoice(CHANNEL_NAMES)
    return NeedField(_tr("方式"), choice, lambda: {"channel": choice.value()})


def _satisfaction(case: Case) -> NeedField:
    choice = KeyedChoice({**SATISFACTION_NAMES, None: _tr("没有问")})
    choice.set_value(None)
    return NeedField(_tr("是否满意"), choice, lambda: {"satisfaction": choice.value()})


def _new_reporter(case: Case) -> NeedField:
    part = ReporterPart(case.register)
    source = KeyedChoice({one: SOURCE_NAMES[one] for one in Source if one is not Source.OTHER})
    source.set_value(Source.PHONE)
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GAP)
    column.addWidget(part)
    column.addWidget(source, 0, Qt.AlignmentFlag.AlignLeft)
    both.setFocusProxy(part.picker.line)
    part.settled.connect(source.setFocus)
    both.destroyed.connect(part.stop)
    return NeedField(_tr("又是谁反映的"), both, lambda: {"new_reporter": part.reporter(source.value())})


def raiser_text(one: Raiser) -> str:
    """Somebody who raised an issue, in a line: ``马大爷 13812345678 电话``."""
    return "  ".join(filter(None, (one.name or _tr("匿名"), one.phone, one.source_name)))


_DAYS = {"review_on": Need.REVIEW_ON, "due_on": Need.DUE_ON}
_MAKERS: dict[Need, Callable[[Case], NeedField | None]] = {
    Need.NOTE: _note,
    Need.HANDLER: _handler,
    Need.REVIEW_ON: _day("review_on", "复查日期"),
    Need.DUE_ON: _day("due_on", "新的期限"),
    Need.ORIGINAL: _original,
    Need.REPORTER: _reporter,
    Need.CHANNEL: _channel,
    Need.SATISFACTION: _satisfaction,
    Need.NEW_REPORTER: _new_reporter,
}
