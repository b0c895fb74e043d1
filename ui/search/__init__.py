"""The box that finds anything in the register."""
