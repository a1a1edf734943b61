"""A folder of texts that would do harm wherever a reader's program took them for more than text."""

from __future__ import annotations

import csv
from pathlib import Path

# Each sets window.pwned where it is taken for HTML or Markdown.
HARMFUL = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "<svg onload=window.pwned=1>",
    "![x](x)<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "[lien](javascript:window.pwned=1)",
    "</td></table></pre></script><script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=1>',
    "<!-- --><img src=x onerror=window.pwned=1> -->",
)
# Each is something else than itself where it is taken for LaTeX, Markdown, MyST or a template.
STRANGE = (
    r"$\frac{",
    r"$\frac{a}{b}$",
    "$5 et 7$",
    "$$y^2$$",
    r"\(x^2\)",
    r"\begin{align}z\end{align}",
    "`code`",
    "```{raw} html",
    "{eval-rst}",
    "~~~",
    "**gras** _italique_",
    "# Titre",
    "| a | b |",
    "&lt;b&gt; &amp;",
    "{{ 7*7 }} {% x %}",
    "\\",
)
NAME = 'l\'"<b>" $5 et 7$ & `x`'
SENTENCES = (
    "Le ministre {} a reçu mardi à Rabat le président {}, a indiqué le communiqué.",
    "Selon {}, la coopération {} entre les deux pays renforce la sécurité {}.",
    "« Nous voulons {} », a déclaré M. Paul {} Durand, qui lutte contre le terrorisme {}.",
    "La menace {} et la menace {} pèsent sur la région, a souligné Mme Anne {} Petit.",
)


def write_hostile(folder: Path) -> None:
    """Texts with such strings in header, body and closing, in file names and in metadata.csv."""
    folder.mkdir()
    strings = [*HARMFUL, *STRANGE]
    rows = [["file", *HARMFUL[:2], *STRANGE[:3]]]
    for i in range(4):
        turned = strings[i * 5 :] + strings[: i * 5]
        paragraphs = [
            sentence.format(*[turned[(3 * j + k) % len(turned)] for k in range(3)])
            for j, sentence in enumerate(SENTENCES * 4)
        ]
        header = f" date 2024-0{i + 1} {turned[0]} UNE VISITE {turned[1]}\n\nPar {turned[2]}"
        closing = f"{turned[3]}\n\n{turned[4]}"
        text = "\n\n".join([header, *paragraphs, " ".join(strings), closing])
        name = f"{i} {NAME}.txt" if i else f"{HARMFUL[1]}.txt"
        (folder / name).write_text(text, "utf-8")
        rows.append([name, *turned[:5]])
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
