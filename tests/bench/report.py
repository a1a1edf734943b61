"""How measurements are shown: Markdown tables, a figure, the machine that they are of."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import plot
from helpers.plot.style import BLUE, GREY, PALE, VERMILION, label, new_axes

STEEP, LONG = 1.15, 0.1  # n log n is about 1.1 at these sizes; below .1 s nobody waits


def spaced(number: float) -> str:
    """A whole number as a reader sees it.

    >>> spaced(10000)
    '10 000'
    """
    return f"{number:,.0f}".replace(",", " ")


def seconds(number: float) -> str:
    """Seconds with the digits that they deserve, or a dash."""
    return "–" if pd.isna(number) else f"{number:.{3 if number < 10 else 1}f}"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what follows the first column is numbers."""
    ruled = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ruled, *rows]) + "\n"


def exponents(table: pd.DataFrame) -> pd.Series:
    """The power of the size with which each row's seconds grow, by least squares of the logarithms;
    NaN with one size.

    >>> exponents(pd.DataFrame({10: [1.0, 2.0], 100: [10.0, np.nan]})).tolist()
    [1.0, nan]
    """
    logs = np.log(table)
    of = np.log(logs.columns.to_numpy(float)) + 0 * logs
    apart = of.sub(of.mean(axis=1), axis=0)
    power = (apart * logs).sum(axis=1) / (apart**2).sum(axis=1)
    return power.where(table.count(axis=1) > 1)


def steep(table: pd.DataFrame) -> pd.Series:
    """Which rows grow faster than n log n, where that matters?"""
    return (exponents(table) > STEEP) & (table.max(axis=1) > LONG)


def machine() -> str:
    """What the numbers are of."""
    about = Path("/proc/cpuinfo")
    names = about.read_text().splitlines() if about.exists() else []
    named = [line.split(": ")[1] for line in names if line.startswith("model name")]
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{(named or [platform.processor() or platform.machine()])[0]}, {os.cpu_count()} cores, "
        f"{memory:.0f} GB of memory; {platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}"
    )


def state() -> str:
    """The day, and the commit that was measured."""
    told = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {told.stdout.strip() or 'unknown'}"


def draw(table: pd.DataFrame, path: Path) -> None:
    """Time against size, a line per row, its name at its end; those that grow too fast in red."""
    plot.use_style()
    most = spaced(table.columns[-1])
    axes = new_axes(f"Seconds of each verb, up to {most} texts", size=(8.0, 9.0))
    sizes = table.columns.to_numpy(float)
    red = steep(table)
    for what, row in table.iterrows():
        axes.loglog(sizes, row, "o-", color=VERMILION if red[what] else BLUE, lw=1, ms=3, alpha=0.7)
    ends = table.ffill(axis=1).iloc[:, -1].sort_values()
    low, high = np.log(axes.get_ylim())
    places = np.exp(_apart(np.log(ends.to_numpy()), (high - low) / 42))
    for (what, end), place in zip(ends.items(), places, strict=True):
        last = table.loc[what].last_valid_index()
        axes.annotate(
            label(f"{what}  {seconds(end)} s"),
            (last, end),
            (sizes[-1] * 1.25, place),
            va="center",
            fontsize=8,
            color=VERMILION if red[what] else "black",
            arrowprops={
                "arrowstyle": "-",
                "color": PALE,
                "lw": 0.6,
                "shrinkB": 2,
                "relpos": (0, 0.5),
            },
        )
    axes.plot(sizes, sizes / sizes[-1] * ends.iloc[0] / 2, "--", color=GREY, lw=1)
    axes.annotate("proportional to the size", (sizes[0], sizes[0] / sizes[-1] * ends.iloc[0] / 2))
    axes.set_xlim(sizes[0] * 0.8, sizes[-1] * 14)
    axes.set_xticks(sizes, [spaced(size) for size in sizes])
    axes.minorticks_off()
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
    axes.set_xlabel("texts (logarithmic)", loc="left")
    axes.set_ylabel("seconds of processor time (logarithmic)")
    axes.figure.savefig(path, metadata={"Software": None})


def _apart(heights: np.ndarray, least: float) -> np.ndarray:
    """Ascending heights, moved as little as needed to be at least this far from each other."""
    steps = least * np.arange(len(heights))
    free = heights - steps
    # The nearest ascending sequence is halfway between the greatest so far and the least to come.
    up, down = np.maximum.accumulate(free), np.minimum.accumulate(free[::-1])[::-1]
    return (up + down) / 2 + steps
