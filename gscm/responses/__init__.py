"""Stage 2. What was answered: one assessment's answers, read and bound to the facts of its model."""
