"""Statistics as the field names them: agreement, reliability, validity, weights; over arrays, knowing no model.

Data are numpy arrays or nested sequences; nan or None is a missing value. Each function gives a frozen value that
carries its n, its method, the convention that was chosen, and its sources by author and year (`references`). What the
data cannot carry is raised as `NotComputable`, a sentence in both languages; what they carry poorly is a caution.
numpy is imported by the modules, scipy and krippendorff by the functions that use them.
"""
