"""What commands have in common: how a study is named, and options of one name and one meaning."""

from __future__ import annotations

import functools
import logging
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from typer.core import TyperCommand

from geodata.errors import Fault, SitingError
from geodata.language import LANGUAGES
from geodata.products import names
from siting.support import clock
from siting.support.console import say_aside

_log = logging.getLogger(__name__)
STUDY = "balanced"  # of a command without one
PLACE = 'Site, plant, port or town: id, name, "Name, CC", or lat,lon.'
# Coordinates south of the equator start with a minus, and are no options.
_COORDINATES = re.compile(r"-[\d.]")
# How a study was named before it was an argument everywhere.
_FORMER = ("--study", "-s", "--preset")


def _argument(metavar: str) -> Any:
    return typer.Argument(metavar=metavar, help="Study file, or the name of a preset.")


def out(words: str) -> Any:
    """Return the option that says where results go."""
    return typer.Option("--out", "-o", help=words)


def top(words: str, least: int = 1, most: int = 1000) -> Any:
    """Return the option that says how many of the first are looked at."""
    return typer.Option("--top", min=least, max=most, help=words)


# Each also serves commands that are called as functions, so that the defaults are there.
Study: TypeAlias = Annotated[str, _argument("STUDY")]
Before: TypeAlias = Annotated[str, _argument("BEFORE")]
After: TypeAlias = Annotated[str, _argument("AFTER")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Csv: TypeAlias = Annotated[bool, typer.Option("--csv", help="Print CSV for programs.")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]
Workers: TypeAlias = Annotated[
    int, typer.Option(min=0, help="Processes on this machine; 0 for one a core.")
]
Product: TypeAlias = Annotated[
    str | None, typer.Option(help=f"{', '.join(names())}, in place of the study's.")
]
Furnace: TypeAlias = Annotated[
    str | None,
    typer.Option(help="acheson, box, lengthwise or continuous, where it is graphitised."),
]
Investor: TypeAlias = Annotated[str | None, typer.Option(help="Home of the investor, ISO2, as KR.")]
Language: TypeAlias = Annotated[
    str | None, typer.Option(help=f"{', '.join(LANGUAGES)}, in place of the study's.")
]
AsOf: TypeAlias = Annotated[str | None, typer.Option("--as-of", help="Date, YYYY-MM-DD.")]
Capacity: TypeAlias = Annotated[float | None, typer.Option(help="Size of the plant, kt a year.")]
Picture: TypeAlias = Annotated[Path | None, typer.Option(help="Also draw it: a file .svg or .png.")]


class _Aside(logging.Handler):
    """Prints log lines to standard error, above the bars of the stages."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print a line with the seconds since the start."""
        say_aside(f"[{clock.elapsed_s():7.2f} s] {record.getMessage()}")


def _be_verbose(wanted: bool) -> None:
    if wanted:
        logger = logging.getLogger("siting")
        logger.handlers = [_Aside()]
        logger.setLevel(logging.INFO)


Verbose: TypeAlias = Annotated[
    bool,
    typer.Option("--verbose", "-v", callback=_be_verbose, is_eager=True, expose_value=False,
                 help="Log each stage with its seconds."),
]  # fmt: skip


@functools.cache
def _verbose() -> Any:
    """Return the option as Typer makes it."""
    app = typer.Typer(add_completion=False)

    @app.command()
    def bare(verbose: Verbose = False) -> None:
        """Do nothing."""

    return typer.main.get_command(app).params[0]


class Command(TyperCommand):
    """A command that takes coordinates south of the equator, and says how a study is named now.

    Each has the option --verbose beside its own.
    """

    def __init__(self, *args: Any, **how: Any) -> None:
        super().__init__(*args, **how)
        self.params.append(_verbose())

    def invoke(self, ctx: Any) -> Any:
        """Run the command, and log how long it took."""
        done = super().invoke(ctx)
        _log.info("%s: %.2f s in all", ctx.command_path, clock.elapsed_s())
        return done

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Return what no parameter took; see `typer.core.TyperCommand`."""
        self._refuse_former(ctx, args)
        options = [word for word in args if not _COORDINATES.match(word)]
        if len(options) < len(args):
            self.make_parser(ctx).parse_args(list(options))  # so that a wrong option is still one
            ctx.ignore_unknown_options = True
        return super().parse_args(ctx, args)

    def _refuse_former(self, ctx: Any, args: list[str]) -> None:
        """Refuse a study that is named by an option, with the command to write instead."""
        known = {word for p in self.get_params(ctx) for word in p.opts}
        if "study" not in known:
            return
        for nth, word in enumerate(args):
            option, joined, value = word.partition("=")
            if word == "--":
                return
            if option not in _FORMER or option in known:
                continue
            after = args[nth + 1 :]
            if not joined:
                value, *after = after or [STUDY]
            now = shlex.join([*ctx.command_path.split(), *args[:nth], *after, value])
            what = f"a study is named without {option}"
            raise SitingError(Fault(ctx.command_path, what, f"write `{now}`", value=value))


def add(app: typer.Typer, command: Callable[..., None], name: str | None = None) -> None:
    """Add a command to the command line."""
    app.command(name, cls=Command)(command)
