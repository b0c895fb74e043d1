"""The household table with its legend and form."""
