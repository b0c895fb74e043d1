"""Times against the bare libraries. A benchmark is no test: it prints what it found."""
