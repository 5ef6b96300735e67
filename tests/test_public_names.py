"""The public face of the package is a sorted list, and each name on it is there."""

import gscm


def test_the_public_names_are_sorted_and_all_there():
    assert sorted(gscm.__all__) == gscm.__all__
    assert all(getattr(gscm, name) is not None for name in gscm.__all__)


def test_what_is_not_public_is_refused_as_ever():
    assert not hasattr(gscm, "nothing_of_this_name")
