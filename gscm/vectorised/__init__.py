"""The second engine: one assessment a thousand times, or thousands at once, by arrays instead of one at a time."""
