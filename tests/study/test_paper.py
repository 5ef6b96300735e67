"""Paper: its forms, two keyings of each, and that only what is agreed on or settled becomes an answer."""

import random
import sys
from fractions import Fraction
from uuid import UUID

import pexpect
import pytest
import sqlalchemy as sa

from gscm.cli.main import main
from gscm.errors import BadUse, Where
from gscm.report.mark import mark_of
from gscm.responses.given import Given, written
from gscm.study import tables
from gscm.study.field import Intake, merge_copies, new_study
from gscm.study.keying import (
    begun,
    compared,
    consent_answer,
    error_rate,
    keyed_answer,
    settle,
    take_in,
)
from gscm.study.log import present
from gscm.study.paper import form_found, form_of, printed
from gscm.study.personal import held, purge
from gscm.study.store import Entry, Key, Office, Respondent, open_store
from gscm.study.study import read_study
from tests.study.made import AT, ROOT, SUBJECT

ASKED = ("i1", "i2", "i3")


def at(second):
    return f"2026-01-01T00:00:{second:02d}.000Z"


def made(target, model="spbe-2020", asked=ASKED):
    """A study whose office bappeda has two people and is asked these items; another office is asked the rest."""
    forms = ROOT / "models" / model, ROOT / "questionnaires" / model
    with new_study(str(target), *forms, SUBJECT, UUID(int=1), AT, "admin") as store:
        store.add_offices([Office("bappeda", "Bappeda", "2026-12-31"), Office("kominfo", "Dinas Kominfo")])
        store.add_respondents(Respondent(f"bappeda-{n}", "bappeda", None, f"{n:064x}") for n in (1, 2))
        found = read_study(store)
        store.assign({c: ("bappeda",) if c in asked else ("kominfo",) for c in found.questionnaire.items})
    return str(target)


def keyed(store, who, answers, respondent="bappeda-1", start=0, same_operator=False):
    """An operator keys in a form: its codes, as typed."""
    study = read_study(store)
    keying = begun(store, study, form_of(study, "bappeda", respondent), who, same_operator)
    for second, (code, typed) in enumerate(answers.items(), start):
        item = keying.items.get(code)
        said = keyed_answer(study, item, typed, "id") if item else consent_answer(typed)
        reason = {"reason": "tanpa kabupaten"} if said.get("status") == "not_applicable" else {}
        keying.key(code, {**said, **reason}, at(second))
    return keying


def taken(store, second=50):
    study = read_study(store)
    return take_in(store, study, compared(study, store.keyed()), at(second), "admin")


def answers(store):
    return {key.fact: dict(entry.written) for key, entry in present(store.log()).entries.items()}


YES = {"consent": "1", "i1": "3", "i2": "4", "i3": "98"}


def test_what_two_operators_agree_on_becomes_an_answer_and_the_rest_waits(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        assert taken(store).entries == 0
        keyed(store, "budi", {**YES, "i2": "5"}, start=20)
        assert taken(store).entries == 2
        assert answers(store) == {"i1": {"value": "3"}, "i3": {"status": "unknown"}}
        said = {(entry.channel, entry.origin, entry.key.author) for entry in store.log()}
        assert said == {("paper", "paper:bappeda-1", "bappeda-1")}


def test_what_is_settled_after_a_look_at_the_paper_becomes_an_answer(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        keyed(store, "budi", {**YES, "i2": "5"}, start=20)
        study = read_study(store)
        (form,) = compared(study, store.keyed())
        settle(store, study, form.open[0], {"i2": {"value": "2"}}, at(40), "penyelia")
        (form,) = compared(study, store.keyed())
        assert (form.open, form.differences[0].by) == ((), "penyelia")
        taken(store)
        assert answers(store)["i2"] == {"value": "2"}
        assert error_rate([form]) == Fraction(1, 4)


def test_taking_in_again_adds_nothing_and_leaves_what_was_corrected_since(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        keyed(store, "budi", YES, start=20)
        assert taken(store).entries == 3
        assert taken(store, 51).entries == 0
        heads = present(store.log()).heads[key := Key("bappeda", "bappeda-1", "i1", "self-assessment")]
        store.append([Entry("x" * 36, key, {"value": "5"}, at(55), "terminal", "terminal:bappeda-1", heads)])
        assert taken(store, 56).entries == 0
        assert answers(store)["i1"] == {"value": "5"}


def test_a_correction_by_an_operator_after_it_was_settled_opens_the_difference_again(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        second = keyed(store, "budi", {**YES, "i2": "5"}, start=20)
        study = read_study(store)
        settle(store, study, compared(study, store.keyed())[0].open[0], {"i2": {"value": "5"}}, at(40), "penyelia")
        second.key("i2", {"value": "1"}, at(45))
        assert [one.code for one in compared(study, store.keyed())[0].open] == ["i2"]


def test_one_operator_does_not_key_in_a_form_twice_unless_that_is_allowed(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        with pytest.raises(BadUse, match="another operator"):
            keyed(store, "ani", YES, start=20)
        keyed(store, "ani", YES, start=20, same_operator=True)
        with pytest.raises(BadUse, match="ani and ani"):
            keyed(store, "cici", YES, start=30)
        assert taken(store).entries == 3


def test_a_second_keying_knows_nothing_of_the_first(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        study = read_study(store)
        second = begun(store, study, form_of(study, "bappeda", "bappeda-1"), "budi")
        assert (second.turn, second.answers, second.open) == (2, {}, ("consent", *ASKED))


def test_one_keying_does_where_that_is_said_and_the_audit_log_tells(target):
    with open_store(made(target)) as store:
        keying = keyed(store, "ani", YES)
        keying.accept_alone(at(30))
        keying.accept_alone(at(31))
        assert taken(store).entries == 3
        assert [(e.who, e.subject) for e in store.events() if e.action == "keyed-once"] == [("ani", "bappeda-1")]


def test_a_second_keying_after_one_that_did_alone_leaves_differences_open(target):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES).accept_alone(at(10))
        keyed(store, "budi", {**YES, "i2": "5"}, start=20)
        assert [one.code for one in compared(read_study(store), store.keyed())[0].open] == ["i2"]


@pytest.mark.parametrize(
    ("said", "entries", "without"), [("1", 3, ()), ("0", 0, ("bappeda-1",)), ("99", 0, ("bappeda-1",))]
)
def test_without_consent_there_are_no_answers(target, said, entries, without):
    with open_store(made(target)) as store:
        for second, who in ((0, "ani"), (20, "budi")):
            keyed(store, who, {**YES, "consent": said}, start=second)
        found = taken(store)
        assert (found.entries, found.without_consent) == (entries, without)
        consented = next(one.consented_at for one in store.respondents())
        assert consented == (at(20) if said == "1" else None)


def test_a_form_on_which_consent_is_refused_need_not_be_keyed_in_further(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        assert keyed(store, "ani", {"consent": "0"}).open == ()


def test_the_form_of_the_office_itself_asks_for_no_consent(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        for second, who in ((0, "ani"), (20, "budi")):
            keyed(store, who, {"i1": "3", "i2": "3", "i3": "3"}, respondent="", start=second)
        assert taken(store).entries == 3
        assert {entry.key.author for entry in store.log()} == {""}


WHOLE = tuple(f"regency-coordination.{n}" for n in ("2", "3.1", "3.2", "4.1", "4.2", "5.1", "5.2"))
SAID = dict.fromkeys(WHOLE, "1")


def test_an_indicator_that_does_not_apply_is_keyed_in_once_and_compared_as_one(tmp_path):
    with open_store(made(tmp_path / "s", "gscm-province", WHOLE)) as store:
        whole = {WHOLE[0]: "97"}
        assert keyed(store, "ani", whole, respondent="").open == ()
        keyed(store, "budi", SAID, respondent="", start=20)
        study = read_study(store)
        (form,) = compared(study, store.keyed())
        (one,) = form.open
        assert (one.code, one.whole, form.twice) == ("regency-coordination", True, 1)
        settle(store, study, one, {fact: row.written for fact, row in one.second.items()}, at(40), "penyelia")
        taken(store)
        assert answers(store) == {
            "regency-coordination": {"status": "blank"},
            **{code: {"value": True} for code in WHOLE},
        }


def test_an_indicator_of_which_two_agree_that_it_does_not_apply(tmp_path):
    with open_store(made(tmp_path / "s", "gscm-province", WHOLE)) as store:
        keyed(store, "ani", {WHOLE[0]: "1", WHOLE[1]: "97"}, respondent="")
        keyed(store, "budi", {WHOLE[0]: "97"}, respondent="", start=20)
        assert taken(store).issues == ()
        absent = {"status": "not_applicable", "reason": "tanpa kabupaten"}
        assert answers(store)["regency-coordination"] == absent


def test_what_the_form_told_to_pass_over_is_not_asked_rather_than_left_blank(tmp_path):
    with open_store(made(tmp_path / "s", "gscm-province", ("regulation.2", "regulation.3", "masterplan.2"))) as store:
        keying = keyed(store, "ani", {"regulation.2": "0"}, respondent="")
        passed = [keying.is_passed_over(code) for code in ("regulation.2", "regulation.3", "masterplan.2")]
        assert passed == [False, True, False]


@pytest.mark.parametrize(
    ("code", "typed", "answer"),
    [
        ("regulation.2", "1", {"value": True}),
        ("regulation.2", "0", {"value": False}),
        ("regulation.2", "98", {"status": "unknown"}),
        ("regulation.2", "*98", {"status": "unknown"}),
        ("regulation.2", "99", {"status": "blank"}),
        ("regulation.2", "97", None),
        ("regulation.2", "2", None),
        ("regulation.2", "ya", None),
        ("poverty.value", "12,50", {"value": "12.5"}),
        ("poverty.value", "12.5", {"value": "12.5"}),
        ("poverty.value", "98", {"value": "98"}),
        ("poverty.value", "*98", {"status": "unknown"}),
        ("poverty.value", "120", None),
        ("poverty.value", "1.234", None),
        ("poverty.value", "", None),
    ],
)
def test_a_code_is_what_the_item_can_have_or_is_refused_at_once(province, code, typed, answer):
    item = province.questionnaire.items[code]
    if answer is None:
        with pytest.raises(BadUse):
            keyed_answer(province, item, typed, "id")
    else:
        assert keyed_answer(province, item, typed, "id") == answer


@pytest.fixture(scope="module")
def province(tmp_path_factory):
    with open_store(made(tmp_path_factory.mktemp("p") / "s", "gscm-province")) as store:
        return read_study(store)


def test_a_level_beyond_the_scale_is_refused(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        study = read_study(store)
    for typed in ("0", "6", "2,5", "97", "3x"):
        with pytest.raises(BadUse, match="Possible: 1–5 98"):
            keyed_answer(study, study.questionnaire.items["i1"], typed, "id")


def test_paper_gives_the_same_answers_as_a_table(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        study = read_study(store)
        for second, who in ((0, "ani"), (20, "budi")):
            keyed(store, who, YES, start=second)
        taken(store)
        cells = {"i1": "3", "i2": "4", "i3": "tidak tahu"}
        rows = (Given("bappeda", "bappeda-1", c, written(t, False), None, Where("x")) for c, t in cells.items())
        entries, _ = Intake(study, present(()), "self-assessment", "csv", AT, "x").take(rows)
        assert {e.key: dict(e.written) for e in entries} == {e.key: dict(e.written) for e in store.log()}


def test_two_operators_on_two_laptops_make_one_double_entry(tmp_path):
    import shutil

    mine = made(tmp_path / "mine")
    shutil.copytree(mine, tmp_path / "yours")
    with open_store(mine) as store, open_store(str(tmp_path / "yours")) as other:
        keyed(store, "ani", YES)
        keyed(other, "budi", {**YES, "i1": "2"}, start=20)
        merge_copies(store, other, at(30), "admin")
        merge_copies(store, other, at(31), "admin")
        (form,) = compared(read_study(store), store.keyed())
        assert (form.operators, form.twice, [one.code for one in form.open]) == (("ani", "budi"), 4, ["i1"])


def test_what_was_keyed_in_is_told_to_the_respondent_and_goes_with_the_purge(target):
    with open_store(made(target)) as store:
        for second, who in ((0, "ani"), (20, "budi")):
            keyed(store, who, YES, start=second)
        taken(store)
        assert len(held(store, "bappeda-1")["keyed"]) == 8
        purge(store, read_study(store), at(59), "admin")
        assert store.keyed() == ()
        assert len(answers(store)) == 3
        assert "bappeda-1" not in {entry.origin.partition(":")[2] for entry in store.log()}


def test_a_study_made_before_there_was_key_in_takes_it_up(target):
    with open_store(made(target)) as store, store._engine.execution_options(writes=True).begin() as connection:
        for table in (tables.keyed, tables.content):
            table.drop(connection)
        connection.execute(sa.update(tables.setting).where(tables.setting.c.key == "tables").values(value="1"))
    with open_store(str(target)) as store:
        keyed(store, "ani", YES)
        assert len(store.keyed("bappeda", "bappeda-1")) == 4


# ------------------------------------------------------------------------------------------------------------ forms


def test_a_code_or_a_qr_stands_for_the_form_of_one_office_or_respondent(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        study = read_study(store)
        for respondent in ("", "bappeda-1", "bappeda-2"):
            form = form_of(study, "bappeda", respondent)
            for scanned in (form.mark.code, form.mark.text(2)):
                assert form_found(study, (), scanned) == form


def test_a_form_printed_before_items_were_assigned_anew_is_found_with_the_items_on_it(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        study = read_study(store)
        old = form_of(study, "bappeda", "bappeda-1")
        store.record([printed(study, [old], AT, "admin")])
        store.assign({"i3": ("kominfo",)})
        study = read_study(store)
        assert form_of(study, "bappeda", "bappeda-1").mark.code != old.mark.code
        assert form_found(study, store.events(), old.mark.code) == old
        with pytest.raises(BadUse, match="knows no form"):
            form_found(study, (), old.mark.code)


def test_a_form_of_another_study_and_what_is_no_code_are_told(tmp_path):
    with open_store(made(tmp_path / "s")) as store:
        study = read_study(store)
        items = [study.questionnaire.items["i1"]]
        other = mark_of(study.questionnaire, items, "ffffffff-0000", "bappeda", "bappeda-1")
        with pytest.raises(BadUse, match="is of another study"):
            form_found(study, (), other.text(1))
        with pytest.raises(BadUse, match="is no code of a form"):
            form_found(study, (), "7K3M")


# --------------------------------------------------------------------------------------------------------- terminal


def gscm(*words):
    with pytest.raises(SystemExit) as end:
        main([*map(str, words), "--lang", "id"])
    return end.value.code or 0


ASKS = [r"(\d+)/(\d+) (\S+) \(([^)]*)\)([^>\n]*) > ", "perbaiki > ", "selesai\\) > ", pexpect.EOF]


def start(target, who, *options):
    words = ["-m", "gscm", "study", "key", target, "--who", who, "--plain", "--lang", "id", *options]
    child = pexpect.spawn(sys.executable, words, encoding="utf-8", dimensions=(40, 100), timeout=60)
    child.delaybeforesend = None
    return child


def type_lines(child, *lines):
    """Type these lines, each at the next prompt; what was shown, and the items asked."""
    shown, asked = "", []
    for line in lines:
        found = child.expect([*ASKS, "tertulis > "])
        shown += child.before + (child.after if isinstance(child.after, str) else "")
        if found == 0:
            asked.append(child.match[3])
        child.sendline(line)
    child.expect([*ASKS, "tertulis > "])
    return shown + child.before, asked


ONE = ("--office", "bappeda", "--respondent", "bappeda-1")


def test_an_operator_keys_in_by_number_and_enter_leaves_blank(target):
    made(target)
    child = start(str(target), "ani", *ONE)
    shown, asked = type_lines(child, "1", "3", "", "7", "98", "")
    assert asked == ["consent", "i1", "i2", "i3", "i3"]
    assert "i3 tidak dapat dijawab “7”. Yang mungkin: 1–5 98." in " ".join(shown.split())
    assert "setelah dientri sekali lagi oleh operator lain" in " ".join(shown.split())
    with open_store(str(target)) as store:
        said = {row.fact: dict(row.written) for row in store.keyed()}
        assert said == {
            "consent": {"value": True},
            "i1": {"value": "3"},
            "i2": {"status": "blank"},
            "i3": {"status": "unknown"},
        }
        assert list(store.log()) == []


def test_an_operator_goes_back_jumps_and_corrects(tmp_path):
    target = made(tmp_path / "s")
    shown, asked = type_lines(start(target, "ani", *ONE), "1", "3", "<", "4", "i3", "2", "5", "i1", "", "")
    assert asked == ["consent", "i1", "i2", "i1", "i2", "i3", "i2", "i1"]
    assert "2/4 i1 (1–5 98) = 3 > " in shown
    with open_store(target) as store:
        latest = {row.fact: row.written.get("value") for row in store.keyed()}
    assert latest == {"consent": True, "i1": "4", "i2": "5", "i3": "2"}


def test_evidence_and_notes_are_kept_with_the_answer(tmp_path):
    target = made(tmp_path / "s")
    type_lines(start(target, "ani", *ONE), "1", "u SK 12/2025", "c halaman 3", "3", "q")
    with open_store(target) as store:
        last = store.keyed()[-1]
    assert (last.fact, last.written) == ("i1", {"value": "3", "evidence": ["SK 12/2025"], "note": "halaman 3"})


def test_forms_are_keyed_in_one_after_the_other_by_their_codes(tmp_path):
    target = made(tmp_path / "s")
    with open_store(target) as store:
        marks = [form_of(read_study(store), "bappeda", one).mark for one in ("bappeda-1", "bappeda-2")]
    child = start(target, "ani", "--single")
    shown, _ = type_lines(
        child, "salah", marks[0].code, "1", "1", "1", "1", "", marks[1].text(3), "1", "2", "2", "2", "", ""
    )
    assert "“salah” bukan kode formulir." in shown
    assert "2 formulir ditutup." in shown
    with open_store(target) as store:
        assert {e.key.author: e.written["value"] for e in store.log()} == {"bappeda-1": "1", "bappeda-2": "2"}


def test_a_keying_killed_again_and_again_loses_nothing_and_goes_on_where_it_stopped(target):
    made(target, asked=tuple(f"i{n}" for n in range(1, 9)))
    dice, told = random.Random(5), []
    for _ in range(3):
        child = start(str(target), "ani", *ONE)
        child.expect(ASKS)
        for _ in range(dice.randint(1, 2)):
            code = child.match[3]
            child.sendline("1")
            child.expect(ASKS)  # the next prompt acknowledges
            told.append(code)
        child.sendline("1")  # killed right behind this one: it is there, or it is asked again
        child.kill(9)
        child.wait()
        with open_store(str(target)) as store:
            kept = [row.fact for row in store.keyed()]
        assert kept[: len(told)] == told
        told = kept
    child = start(str(target), "ani", *ONE)
    while child.expect(ASKS) == 0:
        child.sendline("1")
    child.sendline("")
    child.expect(pexpect.EOF)
    with open_store(str(target)) as store:
        assert [row.fact for row in store.keyed()] == ["consent", *(f"i{n}" for n in range(1, 9))]


def test_differences_are_listed_with_their_rate_settled_at_the_terminal_and_written_as_csv(target, tmp_path):
    with open_store(made(target)) as store:
        keyed(store, "ani", YES)
        keyed(store, "budi", {**YES, "i1": "2", "i3": "1"}, start=20)
    words = ["-m", "gscm", "study", "differences", str(target), "--settle", "--who", "penyelia", "--lang", "id"]
    out = tmp_path / "beda.csv"
    child = pexpect.spawn(sys.executable, [*words, "--out", str(out)], encoding="utf-8", timeout=60)
    for line in ("9", "a", "4"):
        child.expect("berhenti > ")
        child.sendline(line)
    child.expect(pexpect.EOF)
    shown = " ".join(child.before.split())
    assert "Berbeda: 2 (50,00%); belum diputuskan: 0." in shown
    assert "3 jawaban baru masuk." in shown
    assert out.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "bappeda,bappeda-1,i1,ani,3,budi,2,3,penyelia",
        "bappeda,bappeda-1,i3,ani,98,budi,1,4,penyelia",
    ]
    with open_store(str(target)) as store:
        assert answers(store) == {"i1": {"value": "3"}, "i2": {"value": "4"}, "i3": {"value": "4"}}


def test_copies_are_forms_of_new_respondents_and_printing_is_in_the_audit_log(tmp_path, capsys):
    target = made(tmp_path / "s")
    assert gscm("study", "form", target, "--office", "bappeda", "--copies", 2, "--out", tmp_path / "f.pdf") == 0
    assert "2 formulir dengan 3 butir" in capsys.readouterr().out
    with open_store(target) as store:
        assert [one.id for one in store.respondents()] == [f"bappeda-{n}" for n in (1, 2, 3, 4)]
        codes = [form_of(read_study(store), "bappeda", f"bappeda-{n}").mark.code for n in (3, 4)]
        assert [one.detail["forms"] for one in store.events() if one.action == "printed"] == [codes]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--office", "bapeda"), "Kajian ini tidak memuat “bapeda”. Mungkin yang dimaksud “bappeda”?"),
        (("--office", "bappeda", "--respondent", "bappeda-9"), "“bappeda” tidak mempunyai responden “bappeda-9”."),
        (("--office", "bappeda", "--respondent", "bappeda-1", "--copies", "2"), "tidak dapat bersama"),
    ],
)
def test_a_form_that_cannot_be_printed_is_told_in_a_sentence(tmp_path, capsys, options, said):
    target = made(tmp_path / "s")
    assert gscm("study", "form", target, *options, "--out", tmp_path / "f.pdf") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "f.pdf").exists()
