"""Workbooks written with openpyxl."""
