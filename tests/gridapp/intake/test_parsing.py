"""Addresses, phones, numbers and colours are understood in the ways people write them, and nothing is invented."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.address import floor_of, full_label
from gridapp.households.categories import CATEGORIES
from gridapp.intake.addresses import Place, band_place, building_of, entrance_of, place_of, room_of, title_place
from gridapp.intake.categories import classified
from gridapp.intake.cells import day_of, people_of, text_of
from gridapp.intake.colours import category_of, is_neutral, lab
from gridapp.intake.phones import phone_of

numbers = st.integers(1, 99).map(str)
rooms = st.builds(lambda floor, door: f"{floor}{door:02}", st.integers(1, 33), st.integers(1, 12))
estates = st.sampled_from(["盛欣园", "太极园", "阳光小区", "幸福里", "水上北里", "天津湾花园", ""])


@given(estates, numbers, numbers, rooms)
def test_an_address_written_out_is_taken_apart_again(estate, building, entrance, room):
    place = Place(estate, building, entrance, floor_of(room), room)
    assert place_of(full_label(estate, building, entrance, room)) == place
    assert place_of(f"天津市南开区兴南街道{estate}{building}栋{entrance}单元{room}室") == place
    assert place_of(f"{estate}{building}-{entrance}-{room}") == place


@given(numbers)
def test_buildings_and_entrances_are_kept_as_bare_numbers(number):
    assert {building_of(number + suffix) for suffix in ("", "号楼", "栋", "幢", "#", "号")} == {("", number)}
    assert {entrance_of(number + suffix) for suffix in ("", "门", "单元", "号门")} == {number}


@pytest.mark.parametrize("name", ["A座", "东区", "3-1号楼", "平房"])
def test_buildings_with_names_keep_them(name):
    assert building_of(name) == ("", name)


@pytest.mark.parametrize(
    ("text", "number"),
    [("三号楼", "3"), ("十二号楼", "12"), ("二十号楼", "20"), ("０３号楼", "3"), ("第一百零二栋", "102")],
)
def test_buildings_in_words_are_numbers(text, number):
    assert building_of(text) == ("", number)


def test_a_building_may_name_its_estate():
    assert building_of("盛欣园3号楼") == building_of("盛欣园3号楼", "盛欣园") == ("盛欣园", "3")
    assert building_of("东区3号楼", "盛欣园") == ("盛欣园", "东区3号楼")
    assert building_of("马一") == ("", "马一")


@given(st.text(max_size=12), st.text(max_size=4))
def test_what_was_understood_once_is_understood_the_same_again(text, estate):
    estate, building = building_of(text, estate)
    assert building_of(building, estate) == (estate, building)
    assert entrance_of(entrance_of(text)) == entrance_of(text)
    assert room_of(room_of(text)[0]) == room_of(text)


@given(st.text(max_size=60))
def test_any_text_is_some_address_or_none(text):
    for parse in (place_of, building_of, entrance_of, room_of, title_place, band_place):
        parse(text)


def test_very_long_texts_are_parsed_in_no_time():
    for text in ("一" * 30_000, "1" * 30_000, "号楼" * 15_000, "1-" * 15_000):
        assert title_place(text) is not None
        phone_of(text)


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("延生里社区太极园4号楼居民信息采集表", Place("太极园", "4")),
        ("2020年8月盛欣园3号楼2门住户", Place("盛欣园", "3", "2")),
        ("兴南街道紫光苑社区第三网格住户台账", Place()),
        ("4号楼", Place("", "4")),
        ("盛欣园小区居民表", Place("盛欣园小区")),
        ("Sheet1", Place()),
    ],
)
def test_titles_tell_estate_and_building(title, place):
    assert title_place(title) == place


mobiles = st.integers(13_000_000_000, 19_999_999_999).map(str)


@given(mobiles, st.sampled_from(["子女", "女儿", "老伴", "邻居"]))
def test_a_number_with_a_relative_beside_it_keeps_both(number, who):
    for text in (f"{number}（{who}）", f"{who}{number}", f"{number}({who})", f"{who}：{number}", f"{number} {who}"):
        assert phone_of(text) == (number, who, who, False)


@given(st.lists(mobiles, min_size=1, max_size=3, unique=True), st.sampled_from(["/", "、", ",", "，", " ", "；"]))
def test_several_numbers_are_all_kept(told, between):
    assert phone_of(between.join(told)).number == "、".join(told)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("022-27381234", "022-27381234"),
        ("138 1234 5678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("27381234", "27381234"),
    ],
)
def test_numbers_are_written_in_one_way(text, number):
    assert phone_of(text).number == number


@given(st.text(max_size=40))
def test_a_phone_cell_without_a_number_is_kept_as_it_is(text):
    phone = phone_of(text)
    if phone.doubtful:
        assert phone.number == text
    assert phone.number or not text


def test_a_number_of_the_wrong_length_stays_as_it_is():
    assert phone_of("1381234567") == ("1381234567", "", "", True)


@given(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.datetimes(), st.dates(), st.times())
)
def test_every_cell_has_a_text_on_one_line(value):
    text = text_of(value)
    assert text == " ".join(text.split())


@given(st.integers(0, 10**18))
def test_a_number_is_written_in_plain_digits(number):
    digits = text_of(float(number))
    assert digits.isdigit()
    assert float(digits) == float(number)


@given(st.dates(datetime.date(1910, 1, 1), datetime.date(2100, 12, 31)))
def test_a_day_is_the_same_as_date_as_text_and_as_serial_number(day):
    serial = float((day - datetime.date(1899, 12, 30)).days)
    texts = (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    )
    assert {day_of(told) for told in (day, serial, *texts)} == {day}


@pytest.mark.parametrize(
    "told", ["1974年1月", "74-1-2", "1974-02-30", "", 3.5, True, "昨天", float("nan"), float("inf")]
)
def test_what_is_no_day_is_none(told):
    assert day_of(told) is None


def test_people_are_counted_with_and_without_a_word():
    assert [people_of(text) for text in ("4", "4人", "４口人", "几人", "-1", "12345")] == [4, 4, 4, None, None, None]


@given(st.text(max_size=30))
def test_any_text_classifies_without_losing_unknown_words(text):
    classified(text)


def test_our_own_colours_and_the_usual_ones_stand_for_their_categories():
    assert [category_of(category.colour[1:]) for category in CATEGORIES] == [category.key for category in CATEGORIES]
    usual = ["FF0000", "0070C0", "7030A0", "FFFF00", "984807", "F79646", "92D050"]
    assert [category_of(colour) for colour in usual] == [category.key for category in CATEGORIES]


def test_shades_are_near_and_what_is_far_from_all_stands_for_none():
    assert (category_of("FE0102"), category_of("05B250"), category_of("10A0F0")) == (
        "lonely_elderly",
        "permanent_resident",
        "living_alone",
    )
    assert category_of("00FFE0") is None
    assert all(map(is_neutral, ("FFFFFF", "000000", "D9D9D9", "F2F2F2")))


def test_lab_is_that_of_the_standard():
    assert lab("FFFFFF") == pytest.approx((100, 0, 0), abs=0.02)
    assert lab("FF0000") == pytest.approx((53.24, 80.09, 67.20), abs=0.05)
