"""Which columns stand where, as it is remembered from one version to the next."""

import json

from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.columns import COLUMNS
from ui.households.column_layout import ColumnLayout, from_text

KEYS = [column.key for column in COLUMNS]
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(KEYS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8) | st.sampled_from(KEYS), inner),
    max_leaves=12,
)
layouts = st.builds(
    ColumnLayout,
    st.permutations(KEYS).map(tuple),
    st.frozensets(st.sampled_from(KEYS), max_size=len(KEYS) - 1),
    st.dictionaries(st.sampled_from(KEYS), st.integers(48, 1_200)),
    st.integers(0, 5),
)


@given(layouts)
def test_what_is_kept_comes_back(layout: ColumnLayout) -> None:
    assert from_text(layout.to_text()) == layout


@given(
    anything.map(json.dumps)
    | st.text()
    | st.fixed_dictionaries({}, optional=dict.fromkeys(("order", "hidden", "widths", "frozen"), anything)).map(
        json.dumps
    )
)
def test_whatever_was_kept_every_column_stands_somewhere_once_and_one_is_seen(text: str) -> None:
    layout = from_text(text)
    assert sorted(layout.order) == sorted(KEYS)
    assert layout.shown()
    assert layout.frozen >= 0


@given(layouts, st.sampled_from(KEYS[1:]))
def test_a_new_column_stands_behind_the_one_it_follows_at_first_and_moves_no_other(
    layout: ColumnLayout, new: str
) -> None:
    kept = json.loads(layout.to_text())
    kept["order"].remove(new)
    kept["hidden"] = [key for key in kept["hidden"] if key != new]
    found = from_text(json.dumps(kept)).order
    assert found[found.index(new) - 1] == KEYS[KEYS.index(new) - 1]
    assert [key for key in found if key != new] == kept["order"]


def test_a_column_that_is_no_more_is_forgotten() -> None:
    assert "gone" not in from_text(json.dumps({"order": ["gone", *KEYS], "hidden": ["gone"]})).order


def test_the_last_column_stays() -> None:
    layout = ColumnLayout(hidden=frozenset(KEYS[1:]))
    assert layout.with_shown(KEYS[0], False) == layout
