"""The site plan on screen."""
