"""How the indicators of two models relate, and what answers to one can say about the other."""
