"""A line to choose an area by its name, its initials or its code."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from gridapp.areas.model import Level
from gridapp.areas.tree import Node
from gridapp.households import pinyin
from ui.widgets.typeahead import Offer, TypeAhead

_MOST = 40


class AreaLine(TypeAhead):
    """Offers areas of some levels, those near the area that is shown first."""

    def __init__(
        self, roots: Sequence[Node], near: Node | None, least: Level = Level.STREET, parent: QWidget | None = None
    ) -> None:
        """Make an empty line.

        Args:
            near: the area that is shown.
            least: the highest level that is offered.
        """
        code = near.code if near is not None else ""
        nodes = [node for root in roots for node in root.walk() if node.level >= least]
        self._nodes = sorted(nodes, key=lambda node: (-_shared(node.code, code), node.code))
        super().__init__(self._offers, parent)
        self.setPlaceholderText(self.tr("名称、首字母或编码"))

    def area(self) -> Node | None:
        """The area that was chosen, or whose whole name is typed."""
        chosen: Node | None = self.value()
        if chosen is not None:
            return chosen
        text = self.text().strip()
        named = [node for node in self._nodes if text in (node.name, node.code)]
        return named[0] if len(named) == 1 else None

    def show_area(self, node: Node | None) -> None:
        """Show an area as chosen."""
        self.set_value(node, label(node) if node is not None else "")

    def _offers(self, text: str) -> list[Offer]:
        words = text.lower().split()
        found = [node for node in self._nodes if all(_fits(node, word) for word in words)]
        return [Offer(node, label(node), _above(node)) for node in found[:_MOST]]


def label(node: Node) -> str:
    """``紫光苑社区第三网格``; of those above a grid their name alone."""
    return f"{node.parent.name}{node.name}" if node.level is Level.GRID and node.parent is not None else node.name


def _above(node: Node) -> str:
    parts = node.path[:-2] if node.level is Level.GRID else node.path[:-1]
    return "".join(part.name for part in parts[-1:])


def _fits(node: Node, word: str) -> bool:
    named = label(node)
    if word in named.lower() or node.code.startswith(word):
        return True
    return word.isascii() and word.isalpha() and word in pinyin.initials(named)


def _shared(code: str, other: str) -> int:
    """How many characters two codes begin with in common."""
    return next((at for at, (one, two) in enumerate(zip(code, other, strict=False)) if one != two), len(other))
