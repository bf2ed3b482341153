"""Tables of rules: tab-separated, `#` starts a comment line, the first row names the columns."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def table(package: str, name: str) -> tuple[dict[str, str], ...]:
    """The rows of `tables/NAME.tsv` beside `package`, each a dictionary by column.

    Raises ValueError where a row has another number of cells than the first.
    """
    text = files(package).joinpath("tables", f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and not line.startswith("#")]
    columns = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise ValueError(f"{name}.tsv: {len(cells)} cells instead of {len(columns)}: {line}")
        rows.append(dict(zip(columns, cells, strict=True)))
    return tuple(rows)
