"""`gscm study fill` in a real pseudo-terminal: what was acknowledged is in the log, once, whatever happens."""

import random
import re
import sqlite3
import sys

import pexpect
import pytest

from gscm.cli.main import main
from gscm.study.log import Key, present
from gscm.study.store import FILE, open_store
from gscm.study.study import collect, read_study

PROMPT, END = "lainnya >", "Kemajuan:"
CODE = re.compile(r"\[([a-z0-9-]+(?:\.[a-z0-9]+)*)\] \S")


@pytest.fixture(autouse=True)
def _in_english_here_in_indonesian_there(monkeypatch):
    monkeypatch.delenv("GSCM_LANG", raising=False)


def made(folder, model, **people):
    for words in (
        ("new", folder, "--model", model, "--subject", "x"),
        *(("invite", folder, "--office", office, "--people", number) for office, number in people.items()),
    ):
        with pytest.raises(SystemExit) as end:
            main(["study", *map(str, words)])
        assert not end.value.code
    with open_store(str(folder)) as store:
        for one in store.respondents():
            store.consent(one.id, "2026-01-01T00:00:00.000Z")
    return folder


@pytest.fixture
def spbe(tmp_path):
    """i1 and i2 are asked of both offices, i3 to i8 of the second; nothing else of either."""
    study = made(tmp_path / "study", "spbe-2020", bappeda=2, diskominfo=1, inspektorat=0)
    asked = {"i1": ("bappeda", "diskominfo"), "i2": ("bappeda", "diskominfo")}
    asked |= {f"i{number}": ("diskominfo" if number < 9 else "inspektorat",) for number in range(3, 48)}
    with open_store(str(study)) as store:
        store.assign(asked)
    return study


@pytest.fixture
def province(tmp_path):
    return made(tmp_path / "study", "gscm-province", bappeda=1, diskominfo=1)


def start(study, office, respondent=None, *options):
    words = ["-m", "gscm", "study", "fill", str(study), "--office", office, "--plain", "--lang", "id", *options]
    words += ["--respondent", respondent] if respondent else []
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", dimensions=(40, 100), timeout=30)
    child.delaybeforesend = None
    return child


def type_lines(study, office, respondent, *lines):
    """A run in which these lines are typed, one at each prompt; what it showed."""
    child, shown = start(study, office, respondent), ""
    for line in lines:
        child.expect(PROMPT)
        shown += child.before
        child.sendline(line)
    child.expect(pexpect.EOF)
    return shown + child.before


def asked(study, office, respondent, answer="3"):
    """The items that a run asks, each answered the same."""
    child, codes = start(study, office, respondent), []
    while child.expect([PROMPT, END]) == 0:
        codes.append(CODE.findall(child.before)[-1])
        child.sendline(answer)
    child.expect(pexpect.EOF)
    return codes


def log(study):
    with open_store(str(study)) as store:
        return list(store.log())


def collected(study):
    with open_store(str(study)) as store:
        return collect(read_study(store), store.log())


def test_an_answer_is_in_the_log_before_the_next_is_asked(spbe):
    child = start(spbe, "bappeda", "bappeda-1")
    child.expect(PROMPT)
    child.sendline("3")
    child.expect(PROMPT)
    (entry,) = log(spbe)
    child.sendline("q")
    child.expect(pexpect.EOF)
    assert entry.key == Key("bappeda", "bappeda-1", "i1", "self-assessment")
    assert (entry.written, entry.channel, entry.origin) == ({"value": "3"}, "terminal", "terminal:bappeda-1")


@pytest.mark.parametrize("seed", range(2))
def test_a_run_killed_again_and_again_loses_nothing_that_was_acknowledged(spbe, seed):
    dice, told = random.Random(seed), set()
    for _ in range(3):
        child = start(spbe, "diskominfo", "diskominfo-1")
        child.expect(PROMPT)
        for _ in range(dice.randint(0, 2)):
            code = CODE.findall(child.before)[-1]
            child.sendline("2")
            if child.expect([PROMPT, END]):
                break
            told.add(code)
        else:
            child.sendline("2")  # killed right behind this one: it is there, or it is asked again
        child.kill(9)
        child.wait()
        assert told <= {entry.key.fact for entry in log(spbe)}
    asked(spbe, "diskominfo", "diskominfo-1", "2")
    assert sorted(entry.key.fact for entry in log(spbe)) == [f"i{number}" for number in range(1, 9)]


def test_ctrl_c_keeps_what_was_answered_and_tells_what_is_open_and_how_to_go_on(spbe):
    child = start(spbe, "diskominfo", "diskominfo-1")
    child.expect(PROMPT)
    child.sendline("4")
    child.expect(PROMPT)
    child.sendintr()
    child.expect("1 dari 8 butir terjawab; masih terbuka: 7.")
    child.expect(rf"gscm study fill {spbe} --office diskominfo --respondent diskominfo-1")
    child.expect(rf"gscm study assess {spbe}")
    child.expect(rf"gscm study status {spbe}")
    assert len(log(spbe)) == 1


def test_offices_share_a_run_so_that_what_one_answered_is_not_asked_of_the_other(spbe):
    assert asked(spbe, "bappeda", "bappeda-1") == ["i1", "i2"]
    assert asked(spbe, "diskominfo", "diskominfo-1") == [f"i{number}" for number in range(3, 9)]


def test_what_an_office_does_not_know_is_asked_of_the_other(spbe):
    asked(spbe, "bappeda", "bappeda-1", "?")
    assert asked(spbe, "diskominfo", "diskominfo-1")[:2] == ["i1", "i2"]


def test_a_study_that_wants_several_opinions_asks_every_office(spbe):
    asked(spbe, "bappeda", "bappeda-1")
    with open_store(str(spbe)) as store:
        store.set(opinions=True)
    assert asked(spbe, "diskominfo", "diskominfo-1")[:2] == ["i1", "i2"]


def test_every_respondent_of_an_office_is_asked(spbe):
    assert asked(spbe, "bappeda", "bappeda-1", "2") == ["i1", "i2"]
    assert asked(spbe, "bappeda", "bappeda-2", "4") == ["i1", "i2"]
    assert asked(spbe, "bappeda", "bappeda-1") == []


def test_an_answer_that_is_changed_supersedes_the_first(spbe):
    shown = type_lines(spbe, "bappeda", None, "3", "k", "c lihat SK", "4", "q")
    first, noted, last = log(spbe)
    assert "Jawaban sekarang: 3" in shown
    assert (noted.supersedes, last.supersedes) == ((first.id,), (noted.id,))
    assert last.written == {"value": "4", "note": "lihat SK"}


def test_the_items_of_other_offices_cannot_be_reached(spbe):
    shown = type_lines(spbe, "bappeda", None, "j i9", "q")
    assert "tidak ada lagi" in shown
    assert set(CODE.findall(shown)) == {"i1"}


def test_an_indicator_that_does_not_apply_is_said_once_for_every_office(province):
    shown = type_lines(province, "bappeda", None, "j regency-coordination", "x tanpa kabupaten", "q")
    assert "7 terjawab" in shown
    (entry,) = log(province)
    assert entry.key.fact == "regency-coordination"
    assert entry.written == {"status": "not_applicable", "reason": "tanpa kabupaten"}
    assert collected(province).overall.entries["regency-coordination"].status == "not_applicable"
    assert "tidak ada lagi" in type_lines(province, "diskominfo", None, "j regency-coordination", "q")


def test_an_indicator_that_applies_after_all_is_answered_anew(province):
    type_lines(province, "bappeda", None, "j regency-coordination", "x tanpa kabupaten", "q")
    type_lines(province, "bappeda", None, "j regency-coordination.2", "y", "q")
    standing = {key.fact: entry.written for key, entry in present(log(province)).entries.items()}
    assert standing == {"regency-coordination": {"status": "blank"}, "regency-coordination.2": {"value": True}}
    assert collected(province).overall.entries.keys() == {"regency-coordination.2"}


def test_a_study_in_use_elsewhere_is_told_and_the_answer_asked_again(spbe, monkeypatch, capsys):
    monkeypatch.setattr("gscm.study.store.BUSY_SECONDS", 0.1)
    other = sqlite3.connect(spbe / FILE, isolation_level=None)

    def typed():
        other.execute("BEGIN IMMEDIATE")
        yield "3"
        other.rollback()
        yield "3"
        yield "q"

    lines = typed()
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    with pytest.raises(SystemExit) as end:
        main(["study", "fill", str(spbe), "--office", "bappeda", "--plain", "--lang", "en"])
    assert not end.value.code
    assert "This study is in use by another process." in " ".join(capsys.readouterr().out.split())
    assert [entry.key.fact for entry in log(spbe)] == ["i1"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--office", "bapeda"), "The study has no office “bapeda”. Did you mean “bappeda”?"),
        (("--office", "bappeda", "--respondent", "bappeda-9"), "“bappeda” has no respondent “bappeda-9”."),
        (
            ("--office", "bappeda", "--respondent", "diskominfo-1"),
            "Respondent “diskominfo-1” is not of “bappeda”. They are registered with “diskominfo”.",
        ),
    ],
)
def test_an_unknown_office_or_respondent_is_told_in_a_sentence(gscm, spbe, options, said):
    ended = gscm("study", "fill", spbe, *options)
    assert ended.code == 2
    assert said in ended.err
