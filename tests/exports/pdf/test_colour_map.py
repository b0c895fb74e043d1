"""The colour map on paper: every household once at its place, within the margins, and no colour without its mark."""

import itertools
from collections import Counter
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PageObject, PdfReader

from exports.pdf.colour_map import NAME, colour_map
from exports.pdf.furniture import LANDSCAPE, PORTRAIT, Frame
from exports.pdf.handbook import write_handbook
from exports.pdf.map_cells import Cells
from exports.pdf.map_pieces import GAP_ACROSS, GAP_DOWN, Piece, cut, packed
from exports.pdf.page import Page
from exports.pdf.typesetting import Typesetter
from gridapp.buildings.model import Shape
from gridapp.households.categories import CATEGORIES, UNCLASSED, from_mask
from gridapp.households.colour_map import Building, CellKind
from gridapp.households.laying_out import lay_out
from gridapp.households.listing import Row
from gridapp.site_plan.plan import Plan
from gridapp.site_plan.site import Card, Site
from tests.exports.pdf.books import book, entry
from tests.exports.pdf.maps import TODAY, home, sheet_of, shop, tower

ALL = (1 << len(CATEGORIES)) - 1
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Where = dict[str, tuple[float, float]]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@st.composite
def grids(draw: st.DrawFn) -> list[Row]:
    """A few buildings: up to 40 storeys, 8 entrances and 12 rooms a floor, some with shops and without a storey."""
    homes: list[Row] = []
    for number in range(draw(st.integers(1, 3))):
        building = draw(st.sampled_from(["", "南楼", "御景豪庭国际公寓西区综合楼"])) or str(number + 1)
        shape = (draw(st.integers(1, 40)), draw(st.integers(1, 8)), draw(st.integers(1, 12)))
        flats = tower(*shape, building=f"{building}{number}", mask=draw(st.integers(0, ALL)))
        homes += [flat for at, flat in enumerate(flats) if (at * 7 + number) % 11]
        homes += [shop(f"欣欣向荣餐饮{at}", building=f"{building}{number}") for at in range(draw(st.integers(0, 9)))]
        homes += [home(f"阁楼{at}", f"{building}{number}", "") for at in range(draw(st.integers(0, 3)))]
    return homes


def places(page: PageObject) -> Where:
    """Every text of a page with where it begins."""
    found: Where = {}

    def see(text: str, cm: list[float], tm: list[float], _font: object, _size: float) -> None:
        if text.strip():
            found["".join(text.split())] = (round(tm[4] + cm[4]), round(tm[5] + cm[5]))

    page.extract_text(visitor_text=see)
    return found


def test_every_household_stands_on_one_page_of_buildings_at_its_place(tmp_path: Path) -> None:
    homes = [
        replace(flat, room=f"{letter}{flat.room}" if flat.entrance == "1" else f"{letter}{letter}{flat.room}")
        for letter, building in zip("甲乙丙丁戊己", ("1", "2", "3", "5", "6", "7"), strict=True)
        for flat in tower(9, 2, 3, building)
    ]
    handbook = replace(book(entry()), colour_map=sheet_of(homes))
    write_handbook(handbook, tmp_path / "手册.pdf")
    pages = [page for page in PdfReader(tmp_path / "手册.pdf").pages if f"{NAME} 第" in page.extract_text()]
    assert len(pages) > 1
    on = [places(page) for page in pages]
    for flat in homes:
        (found,) = [page[f"{flat.room}常"] for page in on if f"{flat.room}常" in page]
        (page,) = [one for one in on if f"{flat.room}常" in one]
        assert f"盛欣园{flat.building}号楼" in page
        storey, right = page[f"{flat.room[:-2]}01常"], page[f"{flat.room[:-2]}03常"]
        assert storey[1] == found[1] == right[1] and storey[0] <= found[0] <= right[0]
        prefix = flat.room.rstrip("0123456789")
        assert page[f"{prefix}1{flat.room[-2:]}常"][0] == found[0]
        assert page[f"{prefix}1{flat.room[-2:]}常"][1] <= found[1] <= page[f"{prefix}9{flat.room[-2:]}常"][1]


@FEW
@given(grids(), st.sampled_from([PORTRAIT, LANDSCAPE]))
def test_nothing_stands_beyond_the_margins_of_a_page(typesetter: Typesetter, homes: list[Row], frame: Frame) -> None:
    for page in colour_map(typesetter, sheet_of(homes, standing_out=frozenset({0, 1})), frame=frame).pages:
        for (font, size, _colour), x, y, text in page.texts:
            assert frame.left - 0.5 <= x <= x + typesetter.width(text, font, size) <= frame.right + 0.5, text
            assert frame.bottom <= y <= frame.top
        shapes = (page.fills, page.rounded, page.outlined, page.framed)
        for x, y, width, height in itertools.chain.from_iterable(boxes for shape in shapes for boxes in shape.values()):
            assert frame.left - 0.5 <= x <= x + width <= frame.right + 0.5
            assert frame.bottom - 0.5 <= y <= y + height <= frame.top + 0.5
        for points in itertools.chain(*page.rules.values(), *page.triangles.values()):
            assert all(frame.left - 0.5 <= x <= frame.right + 0.5 for x in points[::2])
            assert all(frame.bottom - 0.5 <= y <= frame.top + 0.5 for y in points[1::2])


@FEW
@given(grids(), st.sampled_from([PORTRAIT, LANDSCAPE]))
def test_every_cell_is_in_one_piece_and_pieces_do_not_overlap(homes: list[Row], frame: Frame) -> None:
    height = frame.top - frame.bottom - 20
    pieces: list[Piece] = []
    for building in lay_out(homes, TODAY).buildings:
        parts = cut(building, frame.measure, height)
        cells = [cell for part in parts for cell in part.cells]
        assert sorted(map(id, cells)) == sorted(map(id, building.cells))
        assert len({(part.columns, part.rows) for part in parts}) == len(parts)
        pieces += parts
    found = packed([(one.width, one.height) for one in pieces], frame.measure, height / 2, height)
    assert [page for page, _x, _y in found] == sorted(page for page, _x, _y in found)
    boxes = [(page, x, y, x + one.width, y + one.height) for one, (page, x, y) in zip(pieces, found, strict=True)]
    for page, left, top, right, bottom in boxes:
        assert left >= 0 and top >= 0 and right <= frame.measure + 1e-6
        assert bottom <= (height if page else height / 2) + 1e-6
    for one, other in itertools.combinations(boxes, 2):
        apart = one[3] <= other[1] or other[3] <= one[1] or one[4] <= other[2] or other[4] <= one[2]
        assert one[0] != other[0] or apart


@FEW
@given(st.integers(1, 40), st.integers(1, 8), st.integers(1, 12))
def test_no_entrance_is_torn_apart_across(storeys: int, entrances: int, rooms: int) -> None:
    (building,) = lay_out(tower(storeys, entrances, rooms), TODAY).buildings
    for piece in cut(building, PORTRAIT.measure, 600):
        for one in building.entrances:
            inside = [column in piece.columns for column in range(one.column, one.column + one.columns)]
            assert all(inside) or not any(inside)


@given(st.integers(0, ALL))
def test_every_category_of_a_household_is_readable_without_its_colour(typesetter: Typesetter, mask: int) -> None:
    texts = drawn(typesetter, home("501", mask=mask))
    said = "".join(texts)
    assert "501" in said
    for category in from_mask(mask) or (replace(UNCLASSED, mark="?"),):
        assert said.count(category.mark) == 1


def drawn(typesetter: Typesetter, *homes: Row, standing_out: frozenset[int] = frozenset()) -> list[str]:
    """The texts in the cells of the first building, without its head."""
    page = drawn_page(typesetter, *homes, standing_out=standing_out)
    return [text for (_font, size, _colour), _x, _y, text in page.texts][4:]


def drawn_page(typesetter: Typesetter, *homes: Row, standing_out: frozenset[int] = frozenset()) -> Page:
    page, sheet = Page(), sheet_of(homes, standing_out=standing_out)
    (piece,) = cut(sheet.buildings[0], 500, 700, 100)
    Cells(typesetter, sheet).put(page, piece, 50, 750)
    return page


def test_who_is_called_first_has_an_outline_and_a_mark(typesetter: Typesetter) -> None:
    homes = home("101", mask=1), home("102"), home("103", mask=1 << 6 | 1)
    assert drawn(typesetter, *homes, standing_out=frozenset({0})).count("先") == 2
    assert drawn(typesetter, *homes).count("先") == 0
    thick = Counter(
        width
        for (_c, width), boxes in drawn_page(typesetter, *homes, standing_out=frozenset({0})).framed.items()
        for _box in boxes
    )
    assert thick[1.6] == 2


def test_vacant_and_unknown_rooms_look_different_from_each_other_and_from_homes(typesetter: Typesetter) -> None:
    homes = [flat for flat in tower(3, rooms=2) if flat.room != "201"]
    homes[0] = replace(homes[0], mask=0, people=0)
    sheet = sheet_of(homes)
    assert sheet.number_of(CellKind.VACANT) == sheet.number_of(CellKind.UNKNOWN) == 1
    texts = drawn(typesetter, *homes)
    assert "101 空" in texts and "201" in texts and "202 常" in texts


def test_several_households_behind_one_door_are_counted(typesetter: Typesetter) -> None:
    assert "501×2 常" in drawn(typesetter, home("501"), home("501"))


def test_a_tower_stays_in_one_piece_on_an_upright_page_and_repeats_its_head_on_a_broad_one() -> None:
    (building,) = lay_out(tower(33), TODAY).buildings
    assert len(pieces_on(building, PORTRAIT)) == 1
    broad = pieces_on(building, LANDSCAPE)
    assert [(piece.number, piece.total) for piece in broad] == [(1, 2), (2, 2)]
    assert [name for piece in broad for name, _left, _right in piece.entrances] == ["1门", "1门"]
    assert abs(len(broad[0].rows) - len(broad[1].rows)) <= 1


def pieces_on(building: Building, frame: Frame) -> list[Piece]:
    return cut(building, frame.measure, frame.top - frame.bottom - 20)


def test_what_is_low_goes_below_what_is_low_beside_what_is_high() -> None:
    assert packed([(100, 600), (90, 200), (80, 200)], 500, 700, 700) == [
        (0, 0, 0),
        (0, 100 + GAP_ACROSS, 0),
        (0, 100 + GAP_ACROSS, 200 + GAP_DOWN),
    ]


def test_a_row_of_shops_is_printed_by_their_names(typesetter: Typesetter) -> None:
    names = [f"惠民{letter}店" for letter in "甲乙丙丁戊己庚辛"]
    flow = colour_map(typesetter, sheet_of(shop(name, building="临街") for name in names))
    assert len(flow.pages) == 1 and flow.sections[0].name == NAME
    texts = [text for _style, _x, _y, text in flow.page.texts]
    assert [text for text in texts if text.endswith("店 企")] == [f"{name} 企" for name in names]


def test_an_overview_comes_first_where_buildings_take_several_pages(typesetter: Typesetter) -> None:
    homes = [flat for number in range(1, 8) for flat in tower(18, 2, 2, str(number))]
    homes[0] = replace(homes[0], mask=1)
    flow = colour_map(typesetter, sheet_of(homes))
    total = len(flow.pages)
    assert total > 1
    assert [one.name for one in flow.sections] == [f"{NAME} 第 {at} 张，共 {total} 张" for at in range(1, total + 1)]
    first = flow.pages[0].texts
    told = [text for _style, _x, _y, text in first]
    assert "孤老户 1" in told and f"常住户 {len(homes) - 1}" in told
    for number in range(1, 8):
        (baseline,) = [y for style, _x, y, text in first if text == f"盛欣园 {number}号楼" and style[1] == 9]
        _x, sheet = max((x, text) for _style, x, y, text in first if y == baseline)
        assert f"盛欣园 {number}号楼" in [text for _style, _x, _y, text in flow.pages[int(sheet) - 1].texts]
    targets = {key for page in flow.pages for key in page.anchors}
    assert {key for page in flow.pages for key, _box in page.links} == targets == {f"map-{at}" for at in range(7)}


def test_the_outline_and_the_contents_lead_to_the_map(tmp_path: Path) -> None:
    handbook = replace(book(entry()), colour_map=sheet_of(tower(6)))
    write_handbook(handbook, tmp_path / "手册.pdf")
    reader = PdfReader(tmp_path / "手册.pdf")
    (mark,) = [one for one in reader.outline if not isinstance(one, list) and one.title == NAME]
    number = reader.get_destination_page_number(mark)
    assert NAME in reader.pages[number].extract_text() and "601 常" in reader.pages[number].extract_text()
    contents = "".join(reader.pages[1].extract_text().split())
    assert f"{NAME}{number + 1}" in contents


def test_the_site_plan_is_printed_once_with_the_buildings_that_have_a_place(tmp_path: Path) -> None:
    buffer = BytesIO()
    Image.new("RGB", (400, 300), "#E0E0E0").save(buffer, "PNG")
    buildings = lay_out([*tower(6), *tower(6, building="5"), *tower(6, building="7")], TODAY).buildings
    at = [(0.0, 0.0), (0.5, 0.5), None]
    cards = tuple(Card(one, where) for one, where in zip(buildings, at, strict=True))
    site = Site(Plan(b"", "第三网格", b"", 400, 300), cards)  # type: ignore[arg-type]
    sheet = sheet_of([], site=site, picture=buffer.getvalue())
    page = colour_map(Typesetter(), sheet).pages[0]
    ((_content, (left, lower, width, height)),) = page.pictures
    labels = [(x, y, text) for _style, x, y, text in page.texts if text.endswith("户") and "号楼" in text]
    assert [text for _x, _y, text in labels] == ["3号楼 24户", "5号楼 24户"]
    assert all(left <= x <= left + width and lower <= y <= lower + height for x, y, _text in labels)
    assert labels[0][0] < left + 10 and labels[0][1] > lower + height - 15
    write_handbook(replace(book(entry()), colour_map=sheet), tmp_path / "手册.pdf")
    pictures = [list(page.images) for page in PdfReader(tmp_path / "手册.pdf").pages]
    assert sum(map(len, pictures)) == 1


def test_a_record_of_a_building_without_households_is_printed_room_by_room(typesetter: Typesetter) -> None:
    flow = colour_map(typesetter, sheet_of([], {("盛欣园", "9"): Shape(3, 1, 2)}))
    assert {"101", "302", "盛欣园 9号楼"} <= {text for _style, _x, _y, text in flow.page.texts}
