"""Which cells of the colour map are selected, and which one the keys are at."""

from collections.abc import Iterable

from gridapp.households.colour_map import Cell


class Selection:
    """Positions of cells; kept by what the cells are when the map is read anew."""

    def __init__(self) -> None:
        self.cells: tuple[Cell, ...] = ()
        self.chosen: set[int] = set()
        self.current: int | None = None
        self._anchor = 0

    def show(self, cells: tuple[Cell, ...]) -> None:
        """Take other cells, keeping those selected that are among them."""
        chosen = {_key(self.cells[position]) for position in self.chosen}
        current = _key(self.cells[self.current]) if self.current is not None else None
        self.cells = cells
        positions = {_key(cell): position for position, cell in enumerate(cells)}
        self.chosen = {positions[key] for key in chosen if key in positions}
        self.current = positions.get(current) if current is not None else None
        self._anchor = self.current or 0

    def only(self, position: int) -> None:
        """Select one and let go of the others."""
        self.chosen = {position}
        self.current = self._anchor = position

    def toggle(self, position: int) -> None:
        """Select one more, or one less."""
        self.chosen ^= {position}
        self.current = self._anchor = position

    def extend(self, position: int) -> None:
        """Select from where the selection began up to here, in reading order."""
        low, high = sorted((self._anchor, position))
        self.chosen = set(range(low, high + 1))
        self.current = position

    def move(self, position: int) -> None:
        """Go to a cell without selecting it."""
        self.current = self._anchor = position

    def take(self, positions: Iterable[int], kept: Iterable[int] = ()) -> None:
        """Select these, and those of before that are to be kept."""
        self.chosen = {*positions, *kept}
        if self.chosen and self.current not in self.chosen:
            self.current = self._anchor = min(self.chosen)

    def uids(self) -> list[bytes]:
        """The households in the selected cells, in walking order."""
        return [uid for position in sorted(self.chosen) for uid in self.cells[position].uids]


def _key(cell: Cell) -> object:
    return cell.uids or cell.address
