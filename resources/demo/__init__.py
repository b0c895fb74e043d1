"""Words from which the demo register is put together, as JSON."""
