"""Photographs and files that belong to an issue, a step of one, or a visit."""
