"""What leaves the register on paper or in a file. Knows no window."""
