"""The packed order of a long list, against a plain list."""

from hypothesis import given
from hypothesis import strategies as st

from gridapp.households.order import Order

# Few different bytes, so that halves of two neighbours often look like a third.
UIDS = st.lists(st.lists(st.sampled_from(b"\x00\x01"), min_size=16, max_size=16).map(bytes), unique=True, max_size=30)


@given(UIDS, st.integers(0, 40), st.integers(0, 40))
def test_parts_are_those_of_the_list(uids: list[bytes], offset: int, limit: int) -> None:
    order = Order(uids)
    assert len(order) == len(uids)
    assert order.part(offset, limit) == uids[offset : offset + limit]


@given(UIDS, st.lists(st.sampled_from(b"\x00\x01"), min_size=16, max_size=16).map(bytes))
def test_each_stands_where_it_stands_in_the_list(uids: list[bytes], another: bytes) -> None:
    order = Order(uids)
    assert [order.position_of(uid) for uid in uids] == list(range(len(uids)))
    assert order.position_of(another) == (uids.index(another) if another in uids else None)
