"""Stage 4. What to ask next, and when to stop: items bound to facts, in the order that the level graph gives."""
