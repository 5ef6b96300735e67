"""What is typed below a question, read with a kind ear and without guessing."""

from decimal import Decimal

import pytest

from gscm.cli.typed import WORDS, Typed, figures, typed


@pytest.mark.parametrize(
    ("line", "command", "text"),
    [
        ("Y", "yes", ""),
        ("ya ", "yes", ""),
        ("  belum", "no", ""),
        ("TIDAK  TAHU", "unknown", ""),
        ("don’t know", "unknown", ""),
        ("tidak berlaku karena tidak punya laut", "absent", "karena tidak punya laut"),
        ("C  Catatan\tpanjang", "note", "Catatan panjang"),
        ("u", "evidence", ""),
        ("per level", "steps", ""),
        ("j governance", "jump", "governance"),
        ("tidak yakin", None, "tidak yakin"),
        ("\x1b[A", None, "[A"),
        ("", None, ""),
    ],
)
def test_a_line_is_read_whatever_its_case_and_spaces(line, command, text):
    assert typed(line) == Typed(command, text)


def test_no_word_stands_for_two_commands():
    words = [word for known in WORDS.values() for word in known]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "language", "numbers"),
    [
        ("12", "id", ["12"]),
        ("12,5", "id", ["12.5"]),
        ("12.5", "id", ["12.5"]),
        ("12,5 %", "id", ["12.5"]),
        ("-0,75", "en", ["-0.75"]),
        ("1,234", "id", ["1.234"]),
        ("1.234", "id", ["1.234", "1234"]),
        ("0.375", "id", ["0.375"]),
        ("1,234", "en", ["1.234", "1234"]),
        ("1.234.567", "id", ["1234567"]),
        ("1.234,5", "en", ["1234.5"]),
        ("1,234.5", "id", ["1234.5"]),
        ("1.23.456", "id", []),
        ("12a", "id", []),
        ("1e400", "id", []),
        ("٣", "id", []),
        ("", "id", []),
    ],
)
def test_a_figure_may_be_written_in_either_way_and_is_never_guessed(text, language, numbers):
    assert figures(text, language) == tuple(map(Decimal, numbers))
