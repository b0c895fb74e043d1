"""The handbook as a PDF: everything of its content is on its pages, can be found, and is drawn with embedded fonts."""

import re
from itertools import pairwise

import pytest
from pypdf import PdfReader

from exports.pdf.furniture import BOTTOM, LEFT, RIGHT
from exports.pdf.handbook import lay_out, write_handbook
from exports.pdf.households import Households
from exports.pdf.page import HEIGHT, WIDTH
from exports.pdf.table import SIZE
from exports.pdf.typesetting import Typesetter
from gridapp.errors import UserError
from gridapp.households.categories import CATEGORIES, to_mask
from tests.exports.pdf.books import book, entry, serving
from tests.exports.rare_font import make_rare_font

_FOOTER = 40
NOWHERE = "\U0010fffd"
KEYS = [category.key for category in CATEGORIES]


def printed(path, handbook):
    write_handbook(handbook, path)
    return PdfReader(path)


def texts(reader):
    return [page.extract_text() for page in reader.pages]


def squeezed(text):
    return re.sub(r"\s", "", text)


def many(count):
    """Households in ten buildings, in walking order, some with several categories."""
    return [
        entry(
            building=str(number * 10 // count + 1),
            entrance=str(number % 4 + 1),
            room=f"{number % 6 + 1}0{number % 3 + 1}",
            head=f"{'马李王赵崟'[number % 5]}{'圻伟芳䶮'[number % 4]}{number:04}",
            phone=f"138{number:08}",
            emergency_contact=f"女儿 139{number:08}" if number % 3 else "",
            note="每周走访一次" * (number % 9),
            categories=to_mask({KEYS[number % 7], KEYS[number % 3 + 4]}),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    handbook = book(*many(400), team=(serving("grid_worker", "高璐", phone="13700000000"),))
    path = tmp_path_factory.mktemp("large") / "手册.pdf"
    report = write_handbook(handbook, path)
    return handbook, PdfReader(path), report


def test_every_household_is_found_by_name_and_phone_in_both_orders(large):
    handbook, reader, _ = large
    pages = texts(reader)
    text = squeezed("".join(pages))
    assert text.count("崟圻") >= 20
    for one in handbook.entries:
        assert text.count(one.head) >= 2
        assert text.count(one.phone) >= 2
        assert squeezed(one.emergency_contact) in text


def test_every_page_says_which_it_is_of_how_many(large):
    _, reader, report = large
    pages = texts(reader)
    assert report.pages == len(pages)
    for number, text in enumerate(pages[1:], 2):
        assert f"{number}/{len(pages)}" in squeezed(text)


def test_every_font_is_embedded_and_only_with_the_characters_that_are_used(large):
    _, reader, _ = large
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            font = font.get_object()
            fonts[font["/BaseFont"]] = font
    assert len(fonts) >= 2
    for name, font in fonts.items():
        assert re.fullmatch(r"/[A-Z]{6}\+NotoSansSC-(Regular|Bold)", name)
        assert "/FontFile2" in font["/FontDescriptor"]
        assert len(font["/FontDescriptor"]["/FontFile2"].get_data()) < 1_000_000
        assert "/ToUnicode" in font


def test_the_outline_leads_to_every_section_and_building(large):
    handbook, reader, _ = large
    top = [one.title for one in reader.outline if not isinstance(one, list)]
    (buildings,) = [part for part in reader.outline if isinstance(part, list)]
    colours = [section.category.name for section in handbook.sections]
    assert top == ["目录", "分色图例与查找方法", "网格服务队", *colours, "按住址查找"]
    assert [one.title for one in buildings] == [building.label for building in handbook.buildings]
    for one in reader.outline[3 : 3 + len(colours)]:
        assert one.title in reader.pages[reader.get_destination_page_number(one)].extract_text()


def test_the_contents_name_the_page_on_which_each_section_begins(large):
    handbook, reader, _ = large
    pages = [squeezed(text) for text in texts(reader)]
    for section in handbook.sections:
        title = f"{section.category.name}{len(section.entries)}户"
        first = next(number for number, text in enumerate(pages, 1) if number > 4 and title in text)
        assert f"{title}{first}" in pages[1]


def test_a_row_is_copied_in_the_order_in_which_it_is_read(tmp_path):
    one = entry(head="崟圻", emergency_contact="女儿 13900000000", note="每周走访", categories=to_mask(["tenant"]))
    text = squeezed("".join(texts(printed(tmp_path / "a.pdf", book(one)))))
    assert "租3号楼2门501崟圻3人13800000000女儿13900000000每周走访" in text


def test_links_of_the_contents_lead_to_the_page_they_name(large):
    _, reader, _ = large
    links = [note.get_object() for note in reader.pages[1]["/Annots"]]
    assert len(links) >= 10
    numbers = []
    for link in links:
        numbers.append(reader.get_page_number(link["/Dest"][0].get_object()) + 1)
    assert numbers == [int(number) for number in re.findall(r"(?m)^(\d+)$", reader.pages[1].extract_text())]


def test_nothing_stands_outside_of_the_page_or_upon_the_footer(large):
    handbook, _, _ = large
    typesetter = Typesetter()
    for page in lay_out(typesetter, handbook)[1:]:
        for (font, size, _colour), x, y, text in page.texts:
            end = x + typesetter.width(text, font, size)
            assert 0 < x < end < WIDTH
            assert 0 < y < HEIGHT
            if x < RIGHT:  # what is right of it belongs to the thumb index
                assert LEFT - 0.5 <= x < end <= RIGHT + 0.5
                assert y < _FOOTER or y >= BOTTOM


def test_rows_of_a_page_do_not_overlap(large):
    handbook, _, _ = large
    for page in lay_out(Typesetter(), handbook)[5:]:
        lines = sorted({y for (_, size, _), x, y, _ in page.texts if size == SIZE and x < RIGHT})
        assert all(upper - lower >= SIZE for lower, upper in pairwise(lines))


def test_a_long_note_is_printed_to_its_end(tmp_path):
    note = "".join(f"第{number}次走访，一切正常。" for number in range(600))
    reader = printed(tmp_path / "a.pdf", book(entry(note=note)))
    text = squeezed("".join(texts(reader)))
    assert [text.count(f"第{number}次走访") for number in (0, 299, 599)] == [2, 2, 2]
    assert len(reader.pages) > 7


def test_a_note_of_some_lines_stays_in_its_column(tmp_path):
    reader = printed(tmp_path / "a.pdf", book(entry(note="白天上班，晚上七点以后才在家，敲门要久一些")))
    assert "白天上班，晚上七点以后才在家，敲门要久一些" in squeezed("".join(texts(reader)))
    assert "备注：" not in "".join(texts(reader))


def test_long_names_are_broken_and_not_clipped(tmp_path):
    head = "天津市南开区欣欣向荣餐饮管理有限责任公司第三分公司"
    reader = printed(tmp_path / "a.pdf", book(entry(head=head, phone="022-27370000转8001、13800000000")))
    text = squeezed("".join(texts(reader)))
    assert text.count(head) == 2
    assert text.count("13800000000") == 2


def test_a_household_of_several_colours_stands_under_the_first_and_is_named_at_the_others(tmp_path):
    categories = to_mask(["lonely_elderly", "tenant"])
    handbook = book(entry(head="崟圻", categories=categories), entry(room="502", categories=to_mask(["tenant"])))
    pages = [squeezed(text) for text in texts(printed(tmp_path / "a.pdf", handbook))]
    lonely = next(text for text in pages if "孤老户1户1人" in text or "孤老户1户3人" in text)
    tenants = next(text for text in pages if "另有1户兼属租户" in text)
    assert "崟圻" in lonely
    assert "3号楼2门501崟圻（孤）" in tenants


def test_a_grid_without_households_gives_a_handbook_that_says_so(tmp_path):
    reader = printed(tmp_path / "a.pdf", book())
    text = "".join(texts(reader))
    assert len(reader.pages) == 5
    assert "本网格还没有登记住户" in text
    assert "本网格还没有登记服务队成员" in text


def test_what_the_team_lacks_is_said(tmp_path):
    team = (serving("grid_worker", "高璐", "紫光苑社区居委会", "专职网格员", "13700000000"),)
    text = squeezed("".join(texts(printed(tmp_path / "a.pdf", book(entry(), team=team)))))
    assert "高璐紫光苑社区居委会专职网格员13700000000" in text
    assert "机关干部未登记" in text
    assert "1+0+0，人员未齐" in text


def test_colours_are_never_alone(tmp_path):
    handbook = book(*(entry(room=str(100 + bit), categories=1 << bit) for bit in range(7)))
    pages = texts(printed(tmp_path / "a.pdf", handbook))
    for category, text in zip(CATEGORIES, pages[4:11], strict=True):
        assert category.name in text
        assert text.count(category.mark) >= 3  # at the title, in front of the row, on the tab


def test_characters_that_no_font_has_are_shown_as_such_and_reported(tmp_path):
    handbook = book(entry(head=f"杜{NOWHERE}"), entry(room="502", note=f"{NOWHERE}病"), entry(room="503"))
    report = write_handbook(handbook, tmp_path / "a.pdf")
    assert report.unprintable == {
        f"盛欣园3号楼2门501 杜{NOWHERE}": NOWHERE,
        "盛欣园3号楼2门502 马一": NOWHERE,
    }
    (remark,) = report.remarks()
    assert "〓" in remark
    assert f"盛欣园3号楼2门501 杜{NOWHERE}（{NOWHERE}）" in remark
    assert "杜〓" in "".join(texts(PdfReader(tmp_path / "a.pdf")))


def test_nothing_is_reported_where_all_can_be_printed(tmp_path):
    assert write_handbook(book(entry(head="崟圻㛃䶮")), tmp_path / "a.pdf").remarks() == []


def test_a_character_beyond_16_bits_can_be_copied(tmp_path, home):
    rare = "\U0002f802"
    make_rare_font(home / "simsunb.ttf", [rare])
    reader = printed(tmp_path / "a.pdf", book(entry(head=f"杜{rare}")))
    fonts = {f.get_object()["/BaseFont"] for page in reader.pages for f in page["/Resources"]["/Font"].values()}
    assert any("Invented2F802" in name for name in fonts)
    assert f"杜{rare}" in squeezed("".join(texts(reader)))


def test_title_author_and_language_are_told(tmp_path):
    reader = printed(tmp_path / "a.pdf", book())
    assert reader.metadata.title == "紫光苑社区第三网格工作手册"
    assert reader.metadata.author == "紫光苑社区"
    assert "2020-08-30" in reader.metadata.subject
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"


def test_a_full_disk_keeps_the_handbook_of_before(tmp_path, request):
    path = tmp_path / "手册.pdf"
    path.write_bytes(b"before")
    request.getfixturevalue("full_disk")
    with pytest.raises(UserError, match=r"文件超过了这个磁盘允许的大小.*原来的文件没有改动"):
        write_handbook(book(entry()), path)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_two_telephone_numbers_stand_one_under_the_other():
    table = Households(Typesetter(), book(entry(phone="13800000000、022-27410000"))).by_colour()[0].pages[0]
    texts = [text for _, _, _, text in table.texts]
    assert texts.index("022-27410000") == texts.index("13800000000") + 1


def test_the_name_of_a_building_does_not_run_into_its_count():
    estate, building = "滨海国际花园御景豪庭" * 5, "西区综合楼12号楼"
    typesetter = Typesetter()
    page = Households(typesetter, book(entry(estate=estate, building=building))).by_address().pages[0]
    (label,) = [one for one in page.texts if one[3].endswith(f"…{building}")]
    (count,) = [one for one in page.texts if one[2] == label[2] and one is not label]
    assert label[1] + typesetter.width(label[3], *label[0][:2]) + 8 < count[1]


def test_no_page_stays_empty_before_a_note_that_is_longer_than_a_page():
    pages = Households(Typesetter(), book(entry(note="长" * 6_000))).by_colour()[0].pages
    rows = [[text for _, _, _, text in page.texts if "长" in text] for page in pages]
    assert all(rows) and sum(map(len, (line for lines in rows for line in lines))) >= 6_000
