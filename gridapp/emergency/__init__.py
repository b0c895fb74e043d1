"""Emergency mode: the teams turn from visiting to response at once, by plans that were made before."""
