"""The call list on paper: whom to call, what to read out, and boxes to tick with a pen while one listens."""

from dataclasses import dataclass
from pathlib import Path

from exports.fonts.pdf import BOLD, REGULAR, register_fonts
from exports.look import INK, LINE, SECONDARY
from exports.pdf import listed
from exports.pdf.flow import Flow
from exports.pdf.furniture import BOTTOM, LEFT, TOP, Frame, Section
from exports.pdf.page import HEIGHT, WIDTH, Page
from exports.pdf.typesetting import Typesetter
from exports.report import ExportReport
from gridapp.issues.calls import Call, Told
from gridapp.issues.shown import ANSWERS, ShownCalls
from gridapp.progress import CancelToken, Progress, silent

FRAME = Frame(WIDTH, HEIGHT, LEFT, WIDTH - LEFT, TOP, BOTTOM)
_INDENT = 26.0
_HEAD = 30.0
"""How high the line with name and phone stands, what is free above it included."""

_NAME_SIZE, _PHONE_SIZE, _TEXT_SIZE, _SMALL = 12, 13, 10, 8
_LEADING = 14.5
_CAPTION = 17.0
_ANSWERS = 36.0
"""Of the line with the boxes, with room above it to write."""

_BOX = 10.0
_AFTER_ANSWER = 16.0
_PHONE_AT = 0.45
"""Where the phone begins, as a share of the measure."""

_LEAST_LINES = 3


@dataclass(frozen=True)
class _Part:
    """One issue of a call, broken into lines."""

    caption: str
    lines: list[str]

    @property
    def height(self) -> float:
        return _CAPTION + len(self.lines) * _LEADING + _ANSWERS


def export_call_list(
    shown: ShownCalls, path: Path, progress: Progress = silent, cancel: CancelToken | None = None
) -> ExportReport:
    """Write a call list as a PDF file, whole or not at all.

    Raises:
        UserError: the file cannot be written.
        Cancelled: the token was set.
    """
    cancel = cancel or CancelToken()
    register_fonts(progress, cancel)
    typesetter = Typesetter()
    pages = lay_out(typesetter, shown, cancel)
    listed.write(path, shown, pages, FRAME, "反馈电话单", progress, cancel)
    affected = _affected(shown, typesetter.unprintable)
    return ExportReport([path], pages=len(pages), rows=shown.count, unprintable=affected)


def lay_out(typesetter: Typesetter, shown: ShownCalls, cancel: CancelToken | None = None) -> list[Page]:
    """Every page of a call list, ready to be drawn."""
    writer = _Writer(typesetter, shown)
    for call in shown.calls:
        if cancel is not None:
            cancel.check()
        writer.add(call)
    pages = writer.flow.pages
    listed.furnish(typesetter, pages, shown, f"反馈电话单 · {len(shown.calls):,} 人", FRAME)
    return pages


class _Writer:
    """Fills pages with one call after the other; a call that goes on says on the next page who it is."""

    def __init__(self, typesetter: Typesetter, shown: ShownCalls) -> None:
        self.typesetter = typesetter
        self.flow = Flow(Section(shown.title), frame=FRAME)
        self._number = 0
        self._call: Call | None = None
        listed.begin(typesetter, self.flow, shown)

    def add(self, call: Call) -> None:
        """Put one more call."""
        self._number += 1
        self._call = call
        parts = [self._part(told) for told in call.told]
        fresh = self.flow.room_on_fresh_page
        whole = _HEAD + sum(part.height for part in parts)
        least = whole if whole <= fresh / 2 else _HEAD + min(parts[0].height, fresh / 2)
        self.flow.need(least)
        self._head()
        for position, part in enumerate(parts, 1):
            self._put(part)
            if position < len(parts):
                self.flow.page.rule(LINE, 0.5, FRAME.left + _INDENT, self.flow.y, FRAME.right, self.flow.y)
        self.flow.page.rule(SECONDARY, 0.6, FRAME.left, self.flow.y, FRAME.right, self.flow.y)

    def _part(self, told: Told) -> _Part:
        done = f"{told.resolved_on} 办结" if told.resolved_on is not None else ""
        caption = "　".join(filter(None, (told.number, told.category, done)))
        width = FRAME.measure - _INDENT
        return _Part(caption, self.typesetter.lines(told.to_read_out, width, _TEXT_SIZE))

    def _head(self, again: bool = False) -> None:
        assert self._call is not None
        setter, page, y = self.typesetter, self.flow.page, self.flow.y - _HEAD + 8
        setter.put(page, (REGULAR, _TEXT_SIZE, SECONDARY), FRAME.left, y, f"{self._number}")
        at = FRAME.left + FRAME.measure * _PHONE_AT
        name = f"{self._call.name}（续）" if again else self._call.name
        room = at - FRAME.left - _INDENT - 8
        shortened = setter.shortened(name, BOLD, _NAME_SIZE, room)
        setter.put(page, (BOLD, _NAME_SIZE, INK), FRAME.left + _INDENT, y, shortened)
        phone = setter.shortened(self._call.phone or "没有电话", BOLD, _PHONE_SIZE, FRAME.right - at)
        setter.put(page, (BOLD, _PHONE_SIZE, INK), at, y, phone)
        self.flow.y -= _HEAD

    def _put(self, part: _Part) -> None:
        flow, left = self.flow, FRAME.left + _INDENT
        fits_nowhere = part.height > flow.room_on_fresh_page - _HEAD
        self._need(_CAPTION + _LEAST_LINES * _LEADING if fits_nowhere else part.height)
        flow.y -= _CAPTION
        self.typesetter.put(flow.page, (REGULAR, _SMALL, SECONDARY), left, flow.y + 3, part.caption)
        for line in part.lines:
            self._need(_LEADING)
            flow.y -= _LEADING
            self.typesetter.put(flow.page, (REGULAR, _TEXT_SIZE, INK), left, flow.y + 3, line)
        self._need(_ANSWERS)
        self._put_answers()

    def _need(self, height: float) -> None:
        """Go on with a fresh page unless this much fits, and say there whose call it is."""
        if self.flow.room < height and not self.flow.at_top:
            self.flow.new_page()
            self._head(again=True)

    def _put_answers(self) -> None:
        self.flow.y -= _ANSWERS
        setter, page, y = self.typesetter, self.flow.page, self.flow.y + 15
        x = FRAME.left + _INDENT
        for answer in ANSWERS:
            page.outlined[INK].append((x, y - 1.5, _BOX, _BOX))
            x += _BOX + 4
            setter.put(page, (REGULAR, _TEXT_SIZE, INK), x, y, answer)
            x += setter.width(answer, REGULAR, _TEXT_SIZE) + _AFTER_ANSWER
        setter.put(page, (REGULAR, _TEXT_SIZE, SECONDARY), x, y, "备注")
        x += setter.width("备注", REGULAR, _TEXT_SIZE) + 6
        page.rule(SECONDARY, 0.6, x, y - 3, FRAME.right, y - 3)


def _affected(shown: ShownCalls, missing: set[str]) -> dict[str, str]:
    """The issues with characters that could not be printed → those characters."""
    found = {}
    for call in shown.calls if missing else ():
        for told in call.told:
            here = missing.intersection(call.name + told.category + told.to_read_out)
            if here:
                found[f"民意 {told.number}"] = "".join(sorted(here))
    return found
