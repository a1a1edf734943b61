"""Many outlets: under their titles, and the small ones as one."""

from __future__ import annotations

import pandas as pd

from helpers.read.outlets import main_outlets


def many_outlets(names: dict[str, int]) -> pd.DataFrame:
    """The documents of outlets with so many texts of 300 words."""
    rows = [(name, 300) for name, n in names.items() for _ in range(n)]
    return pd.DataFrame(rows, columns=["outlet", "n_words"])


def test_twelve_outlets_are_as_they_are_written_and_of_more_the_small_ones_are_one():
    twelve = {f"Journal {i}": 1 for i in range(10)} | {"lemonde.fr": 1, "Le Monde": 1}
    texts = many_outlets(twelve)
    assert main_outlets(texts).tolist() == texts["outlet"].tolist()
    assert "lemonde.fr" not in set(main_outlets(many_outlets(twelve | {"Le Cap": 1})))
    large = {f"Journal {i:02}": 10 + i for i in range(10)}
    found = main_outlets(many_outlets(large | {"LE MONDE": 6, "lemonde.fr": 5, "A": 9, "B": 1}))
    assert found.value_counts().head(2).to_dict() == {"other (5)": 42, "Journal 09": 19}
    assert found.nunique() == 9
    assert "Journal 02" in set(found)
    assert "Le Monde" not in set(found)  # 11 texts are fewer than those of eight others


def test_outlets_with_few_words_are_lumped_and_missing_ones_are_missing():
    texts = many_outlets({f"Journal {i:02}": 10 for i in range(13)})
    texts.loc[texts["outlet"] == "Journal 00", "n_words"] = 299
    texts.loc[0, "outlet"] = None
    found = main_outlets(texts)
    assert found.isna().tolist() == texts["outlet"].isna().tolist()
    assert "Journal 00" not in set(found)
    assert found.nunique() == 9
