"""Visits: who is due, what was visited, how many are covered, and registering them."""
