"""Choosing the category of an issue by typing, or leaving it to what the text says."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gridapp.areas.model import LEVEL_NAMES
from gridapp.issues.categories import Categories, Category
from gridapp.issues.deadlines import rule_text
from ui.widgets.typeahead import Offer, TypeAhead


class CategoryLine(TypeAhead):
    """Finds categories by name, synonym or pinyin initials; ``changed`` when another one stands here."""

    changed = Signal()

    def __init__(self, sorts: Categories, parent: QWidget | None = None) -> None:
        super().__init__(self._offers, parent)
        self._sorts = sorts
        self._by_hand = False
        self.setPlaceholderText(self.tr("名称或首字母，如“电梯”、dt"))
        self.setClearButtonEnabled(True)
        self.chosen.connect(lambda _offer: self._choose())
        self.textEdited.connect(lambda _text: self._choose())
        self.textChanged.connect(lambda text: None if text or not self._by_hand else self._empty())

    def show_sorts(self, sorts: Categories) -> None:
        """Find among others from now on."""
        self._sorts = sorts

    @property
    def by_hand(self) -> bool:
        """Whether it was chosen by hand, so that the text no longer decides."""
        return self._by_hand

    def key(self) -> str:
        """The key of the category, or what was typed where it is none; empty for nothing."""
        typed = self.text().strip()
        return self.value() if self.value() is not None else self._sorts.key_of(typed) if typed else ""

    def category(self) -> Category | None:
        """The category, with what it has from the one above it."""
        return self._sorts.get(self.key())

    def set_key(self, key: str, by_hand: bool = True) -> None:
        """Show a category."""
        self._by_hand = by_hand and bool(key)
        self.set_value(key or None, self._sorts.name_of(key))
        self.changed.emit()

    def suggest(self, text: str) -> None:
        """Show the category that a text speaks of, unless one was chosen by hand."""
        if self._by_hand:
            return
        found = self._sorts.suggested(text)
        key = found.key if found is not None else ""
        if key != (self.value() or ""):
            self.set_key(key, by_hand=False)

    def _choose(self) -> None:
        self._by_hand = bool(self.text().strip())
        self.changed.emit()

    def _empty(self) -> None:
        self._by_hand = False
        self.changed.emit()

    def _offers(self, text: str) -> Sequence[Offer]:
        found = [(one.key, self._sorts.name_of(one.key)) for one in self._sorts.matching(text)]
        return [Offer(key, name, self._told(key)) for key, name in found]

    def _told(self, key: str) -> str:
        one = self._sorts.get(key)
        if one is None:
            return ""
        level = LEVEL_NAMES[one.level] if one.level else ""
        known = one.level is not None or one.hours is not None or one.working_days is not None
        rule = rule_text(one.level, category=one) if known and one.level is not None else ""
        return " · ".join(filter(None, (one.department, level, rule)))
