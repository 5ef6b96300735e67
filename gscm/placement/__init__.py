"""Stage 3. Scores, levels and the reasons for them: the core, as `docs/explanation/placement.md` specifies it."""
