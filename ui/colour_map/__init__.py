"""The colour map: every dwelling of a grid in the colours of its categories."""
