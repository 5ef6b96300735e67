"""Commands that speak the user's language: help, headings and options in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from gscm.i18n import LANGUAGES, Language, Text

if TYPE_CHECKING:
    from gscm.model.weights import Weights


@dataclass(frozen=True, slots=True)
class Session:
    """What every command is told by the caller: the language, and whether to show tracebacks."""

    language: Language
    debug: bool


def session(context: click.Context) -> Session:
    """The session of the running command."""
    found = context.find_root().obj
    return found if isinstance(found, Session) else Session("id", False)


def say(text: Text) -> str:
    """A text in the language of the running command."""
    return text[session(click.get_current_context()).language]


class Option(click.Option):
    """An option whose help is written in both languages, and its placeholder too where that is a Text."""

    def __init__(self, *args: Any, text: Text | None = None, meta: Text | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.meta = text, meta

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        language = session(ctx).language
        if self.meta is not None:
            self.metavar = self.meta[language]
        record = super().get_help_record(ctx)
        if record is None or self.text is None:
            return record
        return record[0], self.text[language]


_USAGE, _OPTIONS = Text("Pemakaian", "Usage"), Text("Opsi", "Options")
_COMMANDS, _EXAMPLE = Text("Perintah", "Commands"), Text("Contoh", "Example")
_HELP = Text("Tampilkan bantuan ini.", "Show this help.")
_WORDS = {"[OPTIONS]": "[OPSI]", "COMMAND [ARGS]...": "PERINTAH [ARGUMEN]..."}


class _Speaking(click.Command):
    """A command whose help has one heading style, both languages, and ends with an example."""

    text: Text
    example: str | None = None

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        language = session(ctx).language
        if language == "id":
            for english, indonesian in _WORDS.items():
                pieces = pieces.replace(english, indonesian)
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{_USAGE[language]}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.text[session(ctx).language])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx))]
        if records:
            with formatter.section(_OPTIONS[session(ctx).language]):
                formatter.write_dl(records)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.example:
            formatter.write_paragraph()
            formatter.write_text(f"{_EXAMPLE[session(ctx).language]}:")
            for line in self.example.splitlines():
                formatter.write(f"  {line}\n")

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _HELP[session(ctx).language]
        return option


class Command(_Speaking):
    """A command with a text and an example in its help."""

    def __init__(self, *args: Any, text: Text, example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.example = text, example


class Group(_Speaking, click.Group):
    """A group that imports a command only when it is called: `gscm --help` imports none of them."""

    def __init__(
        self, name: str, text: Text, commands: dict[str, tuple[str, Text]], example: str, **kwargs: Any
    ) -> None:
        super().__init__(name, **kwargs)
        self.text, self.example, self.table = text, example, commands

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.table:
            return None
        module, _, attribute = self.table[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        language = session(ctx).language
        with formatter.section(_COMMANDS[language]):
            formatter.write_dl([(name, text[language]) for name, (_, text) in self.table.items()])


def command(text: Text, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of a function; every command takes --lang and --debug, wherever they stand."""

    def make(function: Callable[..., Any]) -> click.Command:
        for option in (_LANG, _DEBUG):
            function = option(function)
        made: click.Command = click.command(cls=Command, text=text, example=example)(function)
        return made

    return make


def option(*names: str, text: Text, **kwargs: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option with help in both languages."""
    return click.option(*names, cls=Option, text=text, **kwargs)


_LANG = option(
    "--lang", type=click.Choice(LANGUAGES), expose_value=False, text=Text("Bahasa: id atau en.", "Language: id or en.")
)
_DEBUG = option(
    "--debug",
    is_flag=True,
    expose_value=False,
    text=Text("Tampilkan jejak kesalahan (traceback) untuk pengembang.", "Show the traceback, for developers."),
)
json_option = option(
    "--json", "as_json", is_flag=True, text=Text("Cetak hasil sebagai JSON.", "Print the result as JSON.")
)
model_option = option(
    "--model",
    metavar="ID|FOLDER",
    text=Text("Model pengganti: id atau folder.", "Another model than the file names: an id or a folder."),
)
weights_option = option(
    "--weights",
    metavar="WEIGHTS.yaml",
    text=Text(
        "Bobot pakar menggantikan bobot model (lihat gscm weights).",
        "Experts' weights in place of the model's own (see gscm weights).",
    ),
)


def weights_of(file: str | None) -> Weights | None:
    """The weights file named by `--weights`; None where none is."""
    from gscm.model.weights import load_weights

    return None if file is None else load_weights(file)
