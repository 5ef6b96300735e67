"""What does a report cost beyond what WeasyPrint needs for the same HTML?"""

from __future__ import annotations

from pathlib import Path

import weasyprint
from measure import Row, calls, report

from gscm.assessment import assess
from gscm.report.html import render_html
from gscm.report.pdf import render_pdf
from gscm.responses.load import load_answers

EXAMPLE = Path(__file__).parents[1] / "examples/kalimantan-selatan-2019/answers.yaml"

answers = load_answers(EXAMPLE)
page = render_html(assess(answers), "assessment", "id")
times = calls(
    {
        "weasyprint": lambda: weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"),
        "gscm": lambda: render_pdf(assess(answers), "assessment", "id"),
    },
    rounds=5,
)
report(
    "gscm report against WeasyPrint alone on the same HTML",
    [
        Row(
            "South Kalimantan, PDF",
            times["gscm"] / times["weasyprint"],
            1.1,
            detail=f"{times['gscm']:.0f} : {times['weasyprint']:.0f} ms",
        )
    ],
)
