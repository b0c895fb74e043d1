"""Emergency mode in the window."""
