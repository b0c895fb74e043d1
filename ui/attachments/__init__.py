"""Photographs and files of a record on screen."""
