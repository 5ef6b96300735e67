"""Migrations of a few words, for tests that show them in one sight."""

from textwrap import dedent

from gscm import yamlfile
from gscm.responses.migration import Migration, MigrationFile

WHY = "reason: {id: sebab, en: why}"


def rules(text, start="0.9.0", end="1.0.0"):
    """A migration to the version of tiny models; `WHY` stands for a reason."""
    document = yamlfile.parse(dedent(text).replace("WHY", WHY), "migration.yaml")
    return Migration(start, end, yamlfile.validate(document, MigrationFile), f"{start}-to-{end}.yaml")
