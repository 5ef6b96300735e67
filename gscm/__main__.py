"""`python -m gscm`."""

from gscm.cli.main import main

main()
