"""The two faces are made once, belong to one family, and nothing half made is left behind."""

import pytest
from fontTools.ttLib import TTFont

from exports.fonts.prepare import FAMILY, font_files
from gridapp.errors import Cancelled, UserError
from gridapp.places import cache_folder
from gridapp.progress import CancelToken


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """A cache folder in which nothing was ever prepared."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if tmp_path not in cache_folder().parents:
        pytest.skip("this system's cache folder cannot be moved by XDG_CACHE_HOME")
    return tmp_path


def names_of(path):
    with TTFont(path, lazy=True) as face:
        return face["name"].getDebugName(1), face["name"].getDebugName(2), face["OS/2"].usWeightClass


def test_once_prepared_both_faces_are_there_and_belong_to_one_family():
    files = font_files()
    assert names_of(files.regular) == (FAMILY, "Regular", 400)
    assert names_of(files.bold) == (FAMILY, "Bold", 700)


@pytest.mark.parametrize("style", ["regular", "bold"])
def test_a_face_has_the_rare_characters_of_names_as_outlines(style):
    with TTFont(getattr(font_files(), style), lazy=True) as face:
        assert {ord(character) for character in "崟圻㛃䶮"} <= face.getBestCmap().keys()
        assert "glyf" in face
        assert "fvar" not in face


def test_a_second_time_they_are_taken_as_they_are():
    before = [path.stat().st_mtime_ns for path in (font_files().regular, font_files().bold)]
    told = []
    files = font_files(lambda *step: told.append(step))
    assert [path.stat().st_mtime_ns for path in (files.regular, files.bold)] == before
    assert told == []


def test_preparing_can_be_cancelled_and_leaves_nothing(empty_cache):
    token = CancelToken()
    told = []

    def cancel(*step):
        told.append(step)
        token.cancel()

    with pytest.raises(Cancelled):
        font_files(cancel, token)
    assert told == [(0, 2, "首次使用，正在准备字体")]
    assert [path for path in empty_cache.rglob("*") if path.is_file()] == []


def test_a_cache_that_cannot_be_written_is_told(empty_cache):
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("in the way")
    with pytest.raises(UserError, match="没有写成"):
        font_files()
