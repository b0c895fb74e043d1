"""Visits to households."""
