"""Figures counted from the register."""
