"""A study on disk or on a server: who is asked what, an append-only log of answers, and what follows from it."""
