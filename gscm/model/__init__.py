"""Stage 1. What maturity is: the tree of nodes, their levels, clauses and requirements, read from YAML."""
