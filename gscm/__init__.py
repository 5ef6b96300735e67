"""Maturity models as dependency graphs."""
