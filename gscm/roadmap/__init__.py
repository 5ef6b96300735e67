"""The cheapest way up, year by year: actions, the integer program, and its replay through the exact engine."""
