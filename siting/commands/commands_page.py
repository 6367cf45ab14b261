"""docs/commands.md: every command with its arguments and options, from the command line itself.

`python -m siting.commands.commands_page` writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from siting.commands.cli import app

PAGE = "commands.md"
HEAD = """\
# Commands

Generated from the command line; `siting COMMAND --help` (or `-h`) says the same. Every command also
has `--verbose`, `-v`: log each stage with its seconds. Exit codes, standard error, `--json`, kept
answers and the cache: [terminal.md](terminal.md).
"""
EVERYWHERE = {"help", "verbose"}


def commands(group: Any = None, above: str = "siting") -> Iterator[tuple[str, Any]]:
    """Yield every command and group by the words that call it, in the order of the help."""
    group = group or typer.main.get_command(app)
    yield above, group
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def reference() -> str:
    """Return the page."""
    return "\n".join([HEAD, *(_section(words, command) for words, command in commands())])


def _section(words: str, command: Any) -> str:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params
               if p.param_type_name == "option" and p.name not in EVERYWHERE]  # fmt: skip
    called = " ".join([words, *(_usage(argument) for argument in arguments)])
    lines = [f"## `{called}`", "", str(command.help or "").split("\n")[0], ""]
    if arguments or options:
        lines += ["| argument or option | meaning |", "| --- | --- |"]
        lines += [f"| `{_usage(one)}` | {_meaning(one)} |" for one in arguments]
        lines += [f"| {_names(one)} | {_meaning(one)} |" for one in options]
        lines.append("")
    return "\n".join(lines)


def _usage(argument: Any) -> str:
    name = (argument.metavar or argument.name).upper().strip("[]")
    return name if argument.required else f"[{name}]"


def _names(option: Any) -> str:
    return ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))


def _meaning(one: Any) -> str:
    """Return the help of a parameter, its range and its default."""
    words = [str(one.help or "")]
    least, most = getattr(one, "min", None), getattr(one, "max", None)
    if least is not None and most is not None:
        words.append(f"{least} to {most}.")
    elif least is not None:
        words.append(f"{least} or more.")
    if one.default not in (None, False) and not callable(one.default):
        words.append(f"Default: {getattr(one.default, 'value', one.default)}.")
    return " ".join(words).replace("|", "\\|")


def main(folder: Path = Path("docs")) -> None:
    """Write the page."""
    (folder / PAGE).write_text(reference(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
