"""How much longer does `gscm --help` take than an empty click program?"""

from __future__ import annotations

from measure import Row, programs, report

EMPTY = "import click\n@click.command()\ndef empty():\n    pass\nempty()"
GSCM = "from gscm.cli.main import main\nmain()"

times = programs(
    {
        "empty": ("-c", EMPTY, "--help"),
        "gscm": ("-c", GSCM, "--help"),
        "assess": ("-c", GSCM, "assess", "--help"),
    }
)
report(
    "gscm --help against an empty click program",
    [
        Row(
            "gscm --help", times["gscm"] / times["empty"], 1.5, detail=f"{times['gscm']:.0f} : {times['empty']:.0f} ms"
        ),
        Row(
            "gscm assess --help",
            times["assess"] / times["empty"],
            1.5,
            detail=f"{times['assess']:.0f} : {times['empty']:.0f} ms",
        ),
    ],
)
