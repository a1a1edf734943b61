"""`python -m helpers`: render the notebooks, open them in JupyterLab, bring texts in. A command
imports what it needs, since the rooms that share are slow to load.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from helpers.read.corpus import HOME

# The parameters of notebooks, which the environment may name.
PARAMETERS = "WORD WORDS BY SELECT PERIOD ONLY THEMES SPEAKER".split()
_ENDS = {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}  # told, or a terminal closed
_SEVERAL = {"nargs": "+", "action": "extend", "default": []}
_SMALLER = "leave texts out with SELECT, or read them part by part (helpers.read.store_corpus)"


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line says; 0 where all went well."""
    given = _parser().parse_args(arguments)
    if hasattr(given, "seeds"):
        given.seeds = given.seeds or os.environ.get("SEEDS")
        given.out = given.out or os.environ.get("OUT")
    told = [end for end in _ENDS if signal.getsignal(end) != signal.SIG_IGN]
    before = {end: signal.signal(end, _stopped) for end in told}
    try:
        return given.do(given)
    except KeyboardInterrupt:
        print(f"Stopped; {given.kept}.", file=sys.stderr)
        return 130
    except MemoryError as error:
        raise SystemExit(str(error) or f"There is too little memory; {_SMALLER}.") from None
    except (OSError, ValueError) as error:  # what the system refuses, and what is typed wrongly
        raise SystemExit(re.sub(r"^\[Errno \d+\] ", "", str(error))) from None
    finally:
        for end, how in before.items():
            signal.signal(end, how)


def _stopped(*_: object) -> None:
    """Whoever stops it otherwise finds as little unfinished as after Ctrl-C. What a shell runs in
    the background ignores that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.raise_signal(signal.SIGINT)


def _render(given: argparse.Namespace) -> int:
    from helpers.share.render import render

    done = render(
        given.notebooks,
        given.seeds,
        given.out,
        jobs=given.jobs,
        check=given.check,
        text=given.text and not os.environ.get("NO_TEXT"),
        asked={name: os.environ[name] for name in PARAMETERS if os.environ.get(name)}
        | dict(given.asked),
    )
    return int(not done)


def _lab(given: argparse.Namespace) -> int:
    from helpers.share.render import lay_out, prepare

    report = prepare(given.seeds, given.out)
    if report:
        lay_out(report)
    start = [
        f"--notebook-dir={report or HOME}",
        "--LabApp.default_url=/lab/tree/notebooks/index.md",
    ]
    settings = f"--LabApp.app_settings_dir={Path(__file__).parent / 'share' / 'lab'}"
    return subprocess.call([sys.executable, "-m", "jupyterlab", *start, settings])


def _site(_: argparse.Namespace) -> int:
    from helpers.share.render import write_site

    write_site()
    return 0


def _import(given: argparse.Namespace) -> int:
    from helpers.exchange import import_files

    options = {"text_column": given.text, "add": dict(given.add), "dry_run": given.dry_run}
    print(import_files(given.files, given.to, **options).attrs["said"])
    return 0


def _field(given: str) -> tuple[str, str]:
    name, equals, value = given.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"{given!r} is no name=value")
    return name.strip(), value


def _count(given: str) -> int:
    if not given.isdecimal() or int(given) < 1:
        raise argparse.ArgumentTypeError(f"{given!r} is no number of notebooks, from 1")
    return int(given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m helpers")
    commands = parser.add_subparsers(required=True)
    texts = argparse.ArgumentParser(add_help=False)
    texts.add_argument("--seeds", help="the folder of texts (else SEEDS, else seeds/)")
    texts.add_argument("--out", help="the report's folder (else OUT, else reports/<folder name>)")
    run = commands.add_parser("render", parents=[texts], help="run the notebooks, write figures")
    run.add_argument("notebooks", nargs="*", help="committed ones, such as 01-parsing; else all")
    run.add_argument("--jobs", type=_count, default=os.cpu_count() or 1, help="notebooks at a time")
    run.add_argument("--check", action="store_true", help="change nothing, tell what would change")
    run.add_argument(
        "--no-text",
        action="store_false",
        dest="text",
        help="a report to share: no full text in it, and quotations of at most a quarter of a text",
    )
    said = "a parameter of the notebooks, such as WORD=grève; the environment may name it, too"
    run.add_argument(
        "--set", dest="asked", type=_field, metavar="NAME=value", help=said, **_SEVERAL
    )
    kept = "the texts that were parsed are kept, and what was made earlier is as it was"
    run.set_defaults(do=_render, kept=kept)
    lab = commands.add_parser("lab", parents=[texts], help="open the notebooks in JupyterLab")
    lab.set_defaults(do=_lab, kept="what JupyterLab saved is kept")
    site = commands.add_parser("site", help="make the site of the notebooks")
    site.set_defaults(do=_site, kept="the notebooks are as they were")
    _ways_in(commands.add_parser("import", help="articles of a press database, a table, TXM …"))
    return parser


def _ways_in(bring: argparse.ArgumentParser) -> None:
    """The options of import."""
    bring.add_argument("files", nargs="+", help="files, or folders of them; what they are is told")
    bring.add_argument("--to", required=True, help="the folder to put the texts into")
    said = "a field for each text, such as query= or database="
    bring.add_argument(
        "--with", dest="add", type=_field, metavar="name=value", help=said, **_SEVERAL
    )
    bring.add_argument("--text", metavar="COLUMN", help="the column of a table that holds texts")
    bring.add_argument("--dry-run", action="store_true", help="tell what would come in")
    bring.set_defaults(do=_import, kept="the texts that came in are kept; import again to go on")


if __name__ == "__main__":
    sys.exit(main())
