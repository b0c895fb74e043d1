"""Importing workbooks, as a person sees it."""
