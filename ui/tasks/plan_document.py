"""The text of a plan in a document of Qt, and back; what the document has beyond that is left behind."""

from collections.abc import Sequence

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextListFormat,
)

from gridapp.tasks.plan_text import LEVELS, Block, Kind, Run, joined

BULLETS, NUMBERS = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal
_LINE_HEIGHT = 150
_MARGIN = 14
_GAP = 6
_BEFORE_HEADING = 14
_SIZES = {1: 3, 2: 2, 3: 1}
"""By how many steps of HTML's sizes the headings are larger than text."""


def show(document: QTextDocument, blocks: Sequence[Block]) -> None:
    """Let a document hold these blocks."""
    document.clear()
    document.setDocumentMargin(_MARGIN)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    numbers = None
    before: Kind | None = None
    for position, block in enumerate(blocks):
        if position:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        current = cursor.block()
        if block.kind in (Kind.BULLET, Kind.NUMBER):
            if block.kind is not before or numbers is None:
                numbers = cursor.createList(BULLETS if block.kind is Kind.BULLET else NUMBERS)
            else:
                numbers.add(current)
        elif current.textList() is not None:
            current.textList().remove(current)
        before = block.kind
        cursor.setBlockFormat(block_format(block.kind, block.level, cursor.blockFormat()))
        for run in block.runs:
            cursor.insertText(run.text, char_format(block.level, run.bold))
    cursor.endEditBlock()


def blocks_of(document: QTextDocument) -> list[Block]:
    """What a document holds, as far as a plan can hold it."""
    found = []
    block = document.begin()
    while block.isValid():
        runs = joined(_runs(block))
        if runs:
            kind, level = _kind(block)
            found.append(Block(kind, runs, level))
        block = block.next()
    return found


def block_format(kind: Kind, level: int, known: QTextBlockFormat | None = None) -> QTextBlockFormat:
    """How far a block stands from others."""
    found = QTextBlockFormat(known) if known is not None else QTextBlockFormat()
    found.setHeadingLevel(level)
    found.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    found.setTopMargin(_BEFORE_HEADING if kind is Kind.HEADING else 0)
    found.setBottomMargin(_GAP if kind in (Kind.HEADING, Kind.TEXT) else _GAP // 2)
    return found


def char_format(level: int, bold: bool) -> QTextCharFormat:
    """How a run looks; all of a heading is bold."""
    found = QTextCharFormat()
    found.setFontWeight(QFont.Weight.Bold if bold or level else QFont.Weight.Normal)
    if level:
        found.setProperty(QTextCharFormat.Property.FontSizeAdjustment, _SIZES[min(level, LEVELS)])
    return found


def _runs(block: QTextBlock) -> list[Run]:
    found = []
    is_heading = block.blockFormat().headingLevel() > 0
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        bold = fragment.charFormat().fontWeight() >= QFont.Weight.DemiBold.value and not is_heading
        text = fragment.text().replace("\u2028", " ").replace("\ufffc", "")
        found.append(Run(text, bold))
        iterator += 1
    return found


def _kind(block: QTextBlock) -> tuple[Kind, int]:
    level = block.blockFormat().headingLevel()
    if level:
        return Kind.HEADING, min(level, LEVELS)
    numbers = block.textList()
    if numbers is None:
        return Kind.TEXT, 0
    ordered = numbers.format().style().value <= NUMBERS.value
    return (Kind.NUMBER if ordered else Kind.BULLET), 0
