"""File formats other than models and reports: one file each."""
