"""`gscm roadmap` as its user sees it."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, STUDY

PLAN = ("roadmap", STUDY, "--years", "2020-2024", "--target", "council=Scattered")
EXAMPLE = ROOT / "examples/roadmap-contoh"


def test_the_page_tells_year_action_office_document_cost_and_why(gscm):
    said = gscm(*PLAN).out
    assert "The cheapest way, 2020–2024: Smart Province Council at Scattered by the end of 2024." in said
    assert "3 actions; cost 3 low." in said
    first = next(line for line in said.splitlines() if line.startswith("2020 "))
    assert "council.2: Draft a staff paper" in first
    assert "Renja 2020" in first
    assert said.rstrip().endswith("not an official result of RKCI/ITB.")


def test_a_target_may_be_named_by_its_level_in_either_language(gscm):
    plans = [gscm(*PLAN[:-1], f"council={name}", "--json").out for name in ("3", "Scattered", "Tersebar")]
    assert plans[0] == plans[1] == plans[2]


def test_the_plan_as_json_has_its_levels_its_reasons_and_its_proof(gscm):
    told = json.loads(gscm(*PLAN, "--json").out)
    plan = told["plan"]
    assert told["format"] == "gscm-roadmap/1"
    assert plan["proven"]
    assert plan["levels"]["council"] == {"today": 1, "2020": 3, "2021": 3, "2022": 3, "2023": 3, "2024": 3}
    assert plan["actions"][0]["frees"][0] == ["council", 2]
    assert plan["actions"][0]["cost"] is None
    assert {one["aim"] for one in plan["objectives"]} >= {"low", "value", "order"}


def test_where_there_is_no_plan_the_page_says_why_and_the_exit_code_is_1(gscm):
    ended = gscm("roadmap", STUDY, "--years", "2020-2024", "--target", "broadband=Initial")
    assert ended.code == 1
    assert "What still blocks it:\n  – broadband.value:" in ended.out


def test_too_little_money_is_told_with_the_least_that_would_do(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,cost\ncouncil.2,40.000.000\ncouncil.3.1,50.000.000\ncouncil.3.2,60.000.000\n")
    ended = gscm(*PLAN, "--costs", costs, "--budget", "2020-2024=30.000.000")
    assert ended.code == 1
    assert "The least more money that would do: Rp60,000,000" in ended.out
    assert "More time alone does not help." in ended.out


def test_faults_of_the_table_are_told_with_row_and_remedy_and_the_exit_code_is_1(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("tindakan;biaya;bulan\ncouncil.3.1;banyak;4\ncouncil.3.2;-5;4\ncouncl.2;5;4\n")
    ended = gscm(*PLAN, "--costs", costs)
    assert ended.code == 1
    assert [line.partition(": ")[0].rpartition(":")[2] for line in ended.err.splitlines()[:3]] == ["2", "3", "4"]
    assert "3 things to mend." in ended.err


def test_an_unknown_column_is_told(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,price\ncouncil.3.1,5\n")
    assert "There is no column “price”." in gscm(*PLAN, "--costs", costs).err


def test_the_template_read_back_changes_nothing(gscm, tmp_path):
    template = tmp_path / "biaya.csv"
    assert gscm("roadmap", STUDY, "--template", template, "--lang", "id").code == 0
    with_table, without = (json.loads(gscm(*PLAN, *more, "--json").out) for more in (("--costs", template), ()))
    assert with_table["plan"]["actions"] == without["plan"]["actions"]


def test_a_workbook_is_read_as_a_table(gscm, tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    for row in (
        ["tindakan", "biaya", "sumber dana"],
        ["council.2", 40_000_000, "APBD"],
        ["council.3.1", "Rp1.000", None],
    ):
        book.active.append(row)
    book.save(tmp_path / "biaya.xlsx")
    plan = json.loads(gscm(*PLAN, "--costs", tmp_path / "biaya.xlsx", "--json").out)["plan"]
    assert {action["id"]: action["cost"] for action in plan["actions"]} == {
        "council.2": 40_000_000, "council.3.1": 1000, "council.3.2": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--years", "soon"), "--years: “soon” cannot be read. Write it like --years 2027-2031."),
        ((), "The years to plan are not given. Write it like --years 2027-2031."),
        (("--years", "2027", "--target", "overall"), "--target: “overall” cannot be read."),
        (
            ("--years", "2027", "--target", "overall=Best"),
            "“Best” is no level of that node. There are: Ad hoc, Initial, Scattered",
        ),
        (("--years", "2027", "--budget", "2027=much"), "--budget: “2027=much” cannot be read."),
        (("--years", "2027", "--target", "overall=3", "--capacity", "many"), "--capacity: “many” cannot be read."),
        (("--years", "2027", "--target", "overall=3", "--fix", "a=soon"), "--fix: “a=soon” cannot be read."),
        (("--years", "2031-2027", "--target", "overall=3"), "“2031-2027” ends before it begins. Write 2027-2031."),
        (("--years", "2027-2031", "--budget", "2031-2027=5"), "--budget: “2031-2027” ends before it begins."),
        (
            ("--years", "2027", "--target", "overall=3", "--fix", "regulation.2"),
            "that criterion is met already. Remove",
        ),
        (
            ("--years", "2027", "--target", "overall=3", "--fix", "poverty.3.1"),
            "Poverty reduction is not assessed here.",
        ),
        (("--years", "2027", "--budget", "2027=5"), "no action has a cost in rupiah"),
    ],
)
def test_an_option_that_cannot_be_read_is_refused_with_an_example(gscm, options, said):
    ended = gscm("roadmap", STUDY, *options)
    assert ended.code == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fix", "council.2=2020", "--fix", "council.2=2021"), "--fix: “council.2=2020” and “council.2=2021”"),
        (
            ("--budget", "2020=5", "--budget", "2020=6"),
            "--budget: “2020=5” and “2020=6” contradict. Remove one of the two.",
        ),
        (("--capacity", "2", "--capacity", "3"), "--capacity: “2” and “3” contradict."),
    ],
)
def test_the_same_thing_said_twice_in_different_ways_is_refused(gscm, options, said):
    ended = gscm(*PLAN, *options)
    assert ended.code == 2
    assert said in ended.err


def test_a_single_year_overrides_a_range_whichever_comes_first():
    from gscm.cli.roadmap_asked import asked

    said = ["2028=5", "2027-2029=1"]
    for order in (said, said[::-1]):
        assert asked(None, "2027-2029", (), order, (), ()).budgets == {2027: 1, 2028: 5, 2029: 1}


def test_options_that_cannot_be_read_are_told_all_at_once(gscm):
    ended = gscm("roadmap", STUDY, "--years", "soon", "--budget", "2027=x", "--capacity", "many", "--fix", "=1")
    assert ended.err.splitlines()[-1] == "4 things to mend."


def test_a_table_of_headings_only_is_refused(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,cost\n")
    assert "holds headings only" in gscm(*PLAN, "--costs", costs).err


def test_the_first_ctrl_c_ends_the_search_and_the_second_the_program():
    import os
    import signal

    from gscm.cli.roadmap import _interruptible
    from gscm.solver import Watch

    watch = Watch()
    with _interruptible(watch, "en"):
        os.kill(os.getpid(), signal.SIGINT)
        assert watch.over
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_model_without_actions_says_how_to_give_ones_own(gscm, tmp_path, spbe):
    template = tmp_path / "actions.csv"
    assert "names no actions" in gscm("roadmap", spbe("{i1: 3}"), "--template", template).out
    template.write_text("action,facts,months,cost\npolicy,i1=4,6,5\n")
    said = gscm("roadmap", spbe("{i1: 3}"), "--years", "2027", "--target", "i1=4", "--costs", template).out
    assert "1 action; cost Rp5." in said


@pytest.mark.parametrize("folder", ["roadmap-contoh", "roadmap-kalimantan-selatan"])
def test_the_tables_of_the_examples_are_read_without_a_fault(folder):
    from gscm.formats.costs import read_costs
    from gscm.placement.place import place
    from gscm.responses.load import load_answers
    from gscm.roadmap.actions import with_rows

    answers = ROOT / "examples" / folder / "answers.yaml"
    result = place(load_answers(answers if answers.exists() else STUDY))
    (table,) = (ROOT / "examples" / folder).glob("*.csv")
    assert with_rows(result, read_costs(Path(table)))


def test_the_plan_of_the_synthetic_province_is_the_cheapest(gscm):
    said = gscm(
        "roadmap", EXAMPLE / "answers.yaml", "--costs", EXAMPLE / "biaya.csv", "--years", "2027-2031",
        "--target", "overall=3", "--json",
    ).out  # fmt: skip
    plan = json.loads(said)["plan"]
    assert plan["cost"]["rupiah"] == 1_652_000_000
    assert plan["levels"]["gscm-province"]["2031"] == 3
    assert plan["proven"]


@pytest.mark.parametrize(("name", "start"), [("plan.xlsx", b"PK"), ("plan.svg", b"<svg"), ("plan.html", b"<!DOCTYPE")])
def test_the_plan_is_written_in_the_form_that_the_name_asks_for(gscm, tmp_path, name, start):
    ended = gscm(*PLAN, "--out", tmp_path / name)
    assert ended.code == 0
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_form_that_is_not_known_is_refused_before_anything_is_sought(gscm, tmp_path):
    ended = gscm("roadmap", "nowhere.yaml", "--out", tmp_path / "plan.docx")
    assert ended.code == 2
    assert "no .xlsx, .pdf, .html or .svg file" in ended.err


def test_without_a_plan_no_matrix_is_written(gscm, tmp_path):
    impossible = ("roadmap", STUDY, "--years", "2020-2024", "--target", "broadband=Initial")
    ended = gscm(*impossible, "--out", tmp_path / "plan.xlsx")
    assert ended.code == 1
    assert not (tmp_path / "plan.xlsx").exists()


def test_ones_own_nomenclature_gives_the_names_in_the_matrix(gscm, tmp_path):
    table = tmp_path / "names.csv"
    table.write_text("code,name\n2.20.02,Program Contoh\n")
    goal = ("--years", "2020-2024", "--target", "satu-data=2")
    gscm("roadmap", STUDY, *goal, "--nomenclature", table, "--out", tmp_path / "plan.html")
    assert "2.20.02</span> Program Contoh" in (tmp_path / "plan.html").read_text()


def test_a_table_without_rupiah_for_some_actions_may_name_a_level_that_is_needed_by_its_name(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,cost,needs\ncouncil.3.1,5,satu-data=Initial\n")
    wrong = costs.with_name("wrong.csv")
    wrong.write_text("action,needs\ncouncil.3.1,satu-data=Best\n")
    (needs,) = (
        one["needs_levels"]
        for one in json.loads(gscm(*PLAN, "--costs", costs, "--json").out)["plan"]["actions"]
        if one["id"] == "council.3.1"
    )
    assert needs == [["satu-data", 2]]
    assert "There are: Ad hoc, Initial, Scattered" in gscm(*PLAN, "--costs", wrong).err


def test_years_before_the_assessment_and_facts_of_another_action_are_warned_of(gscm, tmp_path):
    costs = tmp_path / "costs.csv"
    costs.write_text("action,facts,cost\ncouncil.3.1,council.3.2,5\n")
    ended = gscm("roadmap", STUDY, "--years", "2017-2018", "--target", "council=Initial", "--costs", costs)
    assert "“council.3.1” uses the code of one of the model’s actions for other facts (council.3.2)" in ended.err
    assert "the plan begins before the year of the assessment (2019)" in ended.err


def test_a_target_that_is_met_is_said_to_be_met(gscm):
    said = gscm("roadmap", STUDY, "--years", "2020", "--target", "regulation=Initial").out
    assert "The target is met already; no action is needed." in said


def test_a_model_without_levels_has_no_roadmap(gscm):
    ended = gscm("roadmap", ROOT / "examples/masterplan/answers.yaml", "--years", "2027", "--target", "overall=3")
    assert ended.code == 2
    assert "has no levels, so that no roadmap can be drawn up." in ended.err


def test_a_template_beside_a_plan_says_that_no_plan_is_drawn_up(gscm, tmp_path):
    assert "writes the table only; no plan is drawn up" in gscm(*PLAN, "--template", tmp_path / "t.csv").err


def test_the_help_in_english_has_english_placeholders(gscm):
    said = gscm("roadmap", "--help").out
    assert "NODE=LEVEL[@YEAR]" in said
    assert "SIMPUL" not in said
