"""What an export tells when it is done."""

from dataclasses import dataclass, field
from pathlib import Path

_NAMED = 20
"""How many of the affected texts are named before the rest is only counted."""


@dataclass
class ExportReport:
    """The files that were written and what is to be said about them.

    Attributes:
        pages: printed pages, of PDF files.
        rows: households, of workbooks.
        unprintable: texts with characters that no font of this computer has → those characters.
    """

    paths: list[Path] = field(default_factory=list)
    pages: int = 0
    rows: int = 0
    unprintable: dict[str, str] = field(default_factory=dict)

    def add(self, other: "ExportReport") -> None:
        """Count in what another export tells."""
        self.paths += other.paths
        self.pages += other.pages
        self.rows += other.rows
        self.unprintable.update(other.unprintable)

    def remarks(self) -> list[str]:
        """Sentences that the user should read; empty if all went as it should."""
        if not self.unprintable:
            return []
        named = "、".join(f"{text}（{missing}）" for text, missing in list(self.unprintable.items())[:_NAMED])
        rest = f"等 {len(self.unprintable)} 处" if len(self.unprintable) > _NAMED else ""
        return [
            f"本机没有字体能印出以下文字中的生僻字，印出的文件里以〓代替：{named}{rest}。安装含有这些字的字体后可重新导出。"
        ]
