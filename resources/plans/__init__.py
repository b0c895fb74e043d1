"""Templates of work plans, one a file; the first line is the title."""
