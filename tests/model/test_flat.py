"""A resolved model as flat JSON."""

from gscm.i18n import Text, same
from gscm.model.flat import flat
from gscm.model.tree import Origin


def test_a_place_that_reads_alike_in_both_languages_is_hashed_as_it_was_before_it_had_two():
    assert flat(Origin("ours", "us", same("53")))["locator"] == "53"
    assert flat(Origin("ours", "us", Text("Tabel 1", "Table 1")))["locator"] == {"id": "Tabel 1", "en": "Table 1"}
