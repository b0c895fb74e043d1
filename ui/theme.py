"""The look of the window: colours, fonts and the style sheet, light and dark."""

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from gridapp.errors import UserError
from ui import icons

FAMILY = "Noto Sans SC"
BASE_PX = 13
ROW_HEIGHT = 30
GAP = 8


@dataclass(frozen=True)
class Theme:
    """Colours as ``#RRGGBB``, or ``#AARRGGBB`` where they let others through. None of them is a category's.

    Attributes:
        edge: the line around what is filled with a category's colour, which the darkest of them need on a dark ground.
    """

    name: str
    ink: str
    secondary: str
    line: str
    ground: str
    paper: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    hover: str
    warning: str
    danger: str
    disabled: str
    edge: str


LIGHT = Theme(
    "light",
    ink="#1F2328",
    secondary="#5B6470",
    line="#D9DEE4",
    ground="#F6F7F9",
    paper="#FFFFFF",
    accent="#0B7285",
    accent_hover="#095E6E",
    on_accent="#FFFFFF",
    selection="#DCEFF3",
    hover="#EEF2F5",
    warning="#8A5A00",
    danger="#B3261E",
    disabled="#9AA3AD",
    edge="#00FFFFFF",
)
DARK = Theme(
    "dark",
    ink="#E6E9ED",
    secondary="#A3ADB8",
    line="#37404A",
    ground="#1B1F24",
    paper="#22272E",
    accent="#3BA7BC",
    accent_hover="#58BACD",
    on_accent="#0E1418",
    selection="#17424C",
    hover="#2A3038",
    warning="#E0B04C",
    danger="#FF8A80",
    disabled="#6B7580",
    edge="#60FFFFFF",
)

_current = LIGHT


def current() -> Theme:
    """The theme that the application wears."""
    return _current


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the application; the packaged font has to be loaded before."""
    prepare(app, theme)
    dress()


def toggle() -> Theme:
    """Change between light and dark, and return which it is now."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, DARK if current() is LIGHT else LIGHT)
    return current()


def prepare(app: QApplication, theme: Theme) -> None:
    """Set font, palette and style, without the style sheet."""
    global _current
    _current = theme
    app.setStyle("Fusion")
    font = QFont(FAMILY)
    font.setPixelSize(BASE_PX)
    app.setFont(font)
    app.setPalette(_palette(theme))


def dress() -> None:
    """Put on the style sheet. Of a window that is built before, each widget is dressed once, not at every step."""
    styles = resources.files("resources").joinpath("styles")
    sheet = styles.joinpath("window.qss").read_text("utf-8").replace("@styles", Path(str(styles)).as_posix())
    for name, value in sorted(vars(_current).items(), key=lambda item: -len(item[0])):
        sheet = sheet.replace(f"@{name}", value)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    if app.styleSheet() != sheet:
        app.setStyleSheet(sheet)


def load_fonts(app: QApplication) -> None:
    """Make the packaged font known to Qt, preparing it first where that was never done.

    Raises:
        UserError: the font cannot be read.
    """
    from exports.fonts.prepare import font_files

    files = font_files()
    for path in (files.regular, files.bold):
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise UserError(f"字体文件 {path} 无法读取。请删除它后重新启动，程序会重新生成。")


def icon(name: str, colour: str = "secondary") -> QIcon:
    """An icon of the Phosphor set in the colours of whatever theme is worn when it is drawn.

    Args:
        colour: name of one of the theme's colours.
    """
    return icons.icon(name, lambda: getattr(_current, colour), lambda: _current.disabled)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.ground,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.Button: theme.paper,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.ink,
        QPalette.ColorRole.ToolTipText: theme.paper,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.PlaceholderText: theme.disabled,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.line,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return palette
