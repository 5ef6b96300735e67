"""Every figure names its sources, and every source is a full reference."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import gscm.analysis
import gscm.statistics
from gscm.statistics.references import REFERENCES, bibliography

STATISTICS = [file for file in Path(gscm.statistics.__path__[0]).glob("*.py") if file.stem != "references"]
MODULES = [*STATISTICS, *Path(gscm.analysis.__path__[0]).glob("*.py")]
NAMED = re.compile(r"[A-ZÁÉ][\w. &’ÁÉáéöóí-]+ (18|19|20)\d\d")


def named_sources():
    """The strings in the modules that read as author and year."""
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMED.fullmatch(node.value):
                yield node.value


def test_every_source_of_a_figure_has_its_reference():
    found = set(named_sources())
    assert len(found) > 40
    assert found <= set(REFERENCES)


def test_every_reference_is_named_in_a_module():
    text = "".join(module.read_text(encoding="utf-8") for module in MODULES)
    assert [source for source in REFERENCES if source not in text] == []


def test_a_bibliography_is_in_order_and_has_each_source_once():
    found = bibliography(["Lawshe 1975", "Aiken 1985", "Lawshe 1975"])
    assert [reference[:5] for reference in found] == ["Aiken", "Lawsh"]


def test_no_module_loads_scipy_before_a_figure_needs_it():
    names = ", ".join(f"gscm.statistics.{module.stem}" for module in STATISTICS if module.stem != "__init__")
    program = f"import sys, {names}\nprint(*sorted({{'scipy', 'krippendorff'}} & set(sys.modules)))"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == ""
