"""How much longer does `gscm assess` take than merely importing the libraries that it stands on?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from measure import Row, programs, report

EXAMPLE = Path(__file__).parents[1] / "examples/kalimantan-selatan-2019/answers.yaml"
SPBE = "model: spbe-2020\nsubject: {id: contoh, name: Contoh, year: 2023}\nanswers:\n"
IMPORTS = "import click, yaml, pydantic, networkx"
GSCM = "from gscm.cli.main import main\nmain()"

with TemporaryDirectory() as folder:
    spbe = Path(folder) / "spbe.yaml"
    spbe.write_text(SPBE + "".join(f"  i{number}: {number % 5 + 1}\n" for number in range(1, 48)))
    times = programs(
        {
            "imports": ("-c", IMPORTS),
            "South Kalimantan": ("-c", GSCM, "assess", str(EXAMPLE)),
            "South Kalimantan --json": ("-c", GSCM, "assess", str(EXAMPLE), "--json"),
            "SPBE, 47 indicators": ("-c", GSCM, "assess", str(spbe)),
        }
    )

imports = times.pop("imports")
report(
    "gscm assess against a process that only imports click, yaml, pydantic and networkx",
    [Row(name, taken / imports, 1.6, detail=f"{taken:.0f} : {imports:.0f} ms") for name, taken in times.items()],
)
