"""Charts as SVG written by hand: pure functions from values to a picture, alike on every machine."""
