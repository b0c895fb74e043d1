"""Short replies for visits."""
