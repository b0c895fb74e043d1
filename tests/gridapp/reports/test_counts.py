"""Counts by colour for the whole tree come from one index."""

from gridapp.areas import tree
from gridapp.demo.generate import generate
from gridapp.households.categories import CATEGORIES, to_mask
from gridapp.reports.counts import KINDS, category_counts, grouped
from gridapp.reports.figures import figures
from gridapp.store.dialects import explain
from tests import factories as make


def test_every_area_has_the_sum_of_what_lies_below(engine_register):
    generate(engine_register, "community")
    counts = category_counts(engine_register)
    for root in tree.roots(engine_register):
        for node in root.walk():
            by_category = figures(engine_register, node.code).households_by_category
            assert counts[node.uid] == [*(by_category[category.key] for category in CATEGORIES), 0]


def test_an_empty_grid_has_zeros_and_what_nobody_classed_stands_last(register):
    grid, empty = make.make_grid(register), make.make_grid(register, "120104003001004")
    make.make_household(register, grid)
    make.make_household(register, grid, categories=to_mask(["tenant", "lonely_elderly"]))
    counts = category_counts(register)
    assert counts[empty] == [0] * KINDS
    assert counts[grid] == [1, 0, 0, 0, 0, 0, 0, 1]
    assert counts[tree.find(register, "120104").uid] == counts[grid]


def test_the_statement_reads_nothing_but_its_index(register):
    plan = explain(register.db, grouped())
    assert "USING COVERING INDEX household_area_precedence_address_key" in plan
    assert "TEMP B-TREE" not in plan
