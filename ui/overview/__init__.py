"""The first look at an area: its figures and its team."""
