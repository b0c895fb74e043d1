"""Households, their residents and their colours."""
