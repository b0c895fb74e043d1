"""A list of what happened, as text to read, mark and copy: when and who, what, and more of it on demand."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from ui import theme

_MORE, _OPEN = "more", "open:"


@dataclass(frozen=True)
class Happened:
    """One thing that happened.

    Attributes:
        state: a word that is set off, such as ``未结``.
        stands: whether it still has to be seen to (its state stands out) or is past.
        name: by which it can be opened; empty where it cannot.
    """

    when: str
    title: str
    lines: tuple[str, ...] = ()
    state: str = ""
    stands: bool = False
    name: str = ""


class RecordView(QTextBrowser):
    """Shows what happened, the first at the top; ``more_asked`` when the user wants to read on.

    ``opened`` carries the name of something that is to be opened.
    """

    more_asked = Signal()
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: list[Happened] = []
        self._more = False
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(lambda url: self._follow(url.toString()))

    def show_records(self, records: Sequence[Happened], more: bool = False) -> None:
        """Show these instead of what stood here; what is looked at stays in its place where it still is.

        Args:
            more: whether there are others behind the last.
        """
        self._shown, self._more = list(records), more
        place = self.verticalScrollBar().value()
        self._write()
        self.verticalScrollBar().setValue(place)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            self._write()  # its colours are those of the theme

    def _follow(self, link: str) -> None:
        if link == _MORE:
            self.more_asked.emit()
        else:
            self.opened.emit(link.removeprefix(_OPEN))

    def _write(self) -> None:
        rows = "".join(self._row(one) for one in self._shown)
        worn = theme.current()
        more = f'<p><a href="{_MORE}" style="color:{worn.accent}">{self.tr("显示更早的")}</a></p>' if self._more else ""
        self.setHtml(f'<table width="100%" cellspacing="0" cellpadding="0">{rows}</table>{more}')

    def _row(self, one: Happened) -> str:
        worn = theme.current()
        ink = worn.ink if one.stands or not one.state else worn.secondary
        dot = worn.accent if one.stands or not one.state else worn.disabled
        colour = worn.warning if one.stands else worn.secondary
        state = f' <span style="color:{colour}">[{escape(one.state)}]</span>' if one.state else ""
        title = escape(one.title)
        if one.name:
            title = f'<a href="{_OPEN}{one.name}" style="color:{worn.accent}">{title}</a>'
        lines = "".join(f"<div>{escape(line)}</div>" for line in one.lines)
        return (
            f'<tr><td width="18" style="color:{dot}">●</td><td style="padding-bottom:14px">'
            f'<div style="color:{worn.secondary}">{escape(one.when)}</div>'
            f'<div style="color:{ink}"><b>{title}</b>{state}</div>'
            f'<div style="color:{ink}">{lines}</div></td></tr>'
        )
