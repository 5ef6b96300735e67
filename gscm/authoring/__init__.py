"""For the author of a model: starting, laying out and documenting one, what is exercised, new versions."""
