"""Households by colour: for every node of the tree at once, and of those that a filter leaves."""

from dataclasses import replace

from peewee import JOIN, SQL, Select, Table, fn

from gridapp.areas import tree
from gridapp.areas.model import Area
from gridapp.areas.tree import Node
from gridapp.households.categories import NO_PRECEDENCE, first_position
from gridapp.households.filters import Filter, conditions
from gridapp.households.model import PAST, Household
from gridapp.ids import Uid
from gridapp.store.register import Register

KINDS = NO_PRECEDENCE + 1
"""The categories and, behind them, households without one."""


def category_counts(register: Register) -> dict[Uid, list[int]]:
    """How many households each area has, itself and everything below it.

    Returns:
        For every area ``KINDS`` numbers: households by the position in precedence of their first category, then those
        without a category.
    """
    counts: dict[Uid, list[int]] = {}
    for area, precedence, number in register.each(grouped()):
        if precedence != PAST:  # left out here, since asking for less would cost more
            counts.setdefault(area, [0] * KINDS)[precedence] += number
    for root in tree.roots(register):
        _sum_up(root, counts)
    return counts


def grouped() -> Select:
    """Households by area and precedence. The index that begins with the two answers it alone, and in order."""
    # Asked of the bare table: turning each of some ten thousand rows into model values takes as long as half the query.
    household = Table(Household.table())
    area, precedence = household.c.area, household.c.precedence
    return household.select(area, precedence, fn.COUNT(SQL("*"))).group_by(area, precedence)


def filtered_counts(register: Register, chosen: Filter) -> list[int]:
    """How many of the households that a filter leaves have each colour as their first, and how many none.

    Which first colours the filter itself asks for does not matter: so each of the others can be counted beside them.
    """
    every = replace(chosen, first=None)
    if chosen.past:
        return _counts_of_past(register, every)
    query = Area.select(Household.precedence, fn.COUNT(SQL("*"))).join(Household, JOIN.CROSS)
    query = query.where((Household.area == Area.uid) & tree.within(chosen.area_code))
    query = query.where(*conditions(every)).group_by(Household.precedence)
    counts = [0] * KINDS
    for precedence, number in register.each(query):
        counts[min(precedence, NO_PRECEDENCE)] += number
    return counts


def _counts_of_past(register: Register, every: Filter) -> list[int]:
    """The same of households that have left, of which precedence no longer says the first colour."""
    query = Household.select(Household.categories, fn.COUNT(SQL("*"))).join(Area, on=(Area.uid == Household.area))
    query = query.where(tree.within(every.area_code)).where(*conditions(every)).group_by(Household.categories)
    counts = [0] * KINDS
    for mask, number in register.each(query):
        counts[first_position(mask)] += number
    return counts


def _sum_up(node: Node, counts: dict[Uid, list[int]]) -> list[int]:
    own = counts.setdefault(node.uid, [0] * KINDS)
    for child in node.children:
        for position, number in enumerate(_sum_up(child, counts)):
            own[position] += number
    return own
