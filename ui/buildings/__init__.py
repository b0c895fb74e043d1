"""Building records on screen."""
