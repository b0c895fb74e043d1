"""An invented register to try the program with."""
