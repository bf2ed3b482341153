"""What the command line tells a person: failures, sums, and progress on a terminal."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from corpus.ingest import Outcome

SHOWN = 20  # outcomes that are told one by one; of more only the failures


class Tally:
    """Tells what became of each source, as JSON lines or for a person, and sums it up."""

    def __init__(self, as_lines: bool, *, quiet: bool = False) -> None:
        self._as_lines = as_lines
        self._quiet = quiet
        self._counts: Counter[str] = Counter()

    def take(self, outcomes: Iterable[Outcome]) -> None:
        """Tell of each outcome as it comes."""
        for outcome in outcomes:
            self._counts[outcome.status] += 1
            if self._as_lines:
                sys.stdout.write(json.dumps(asdict(outcome), ensure_ascii=False) + "\n")
                sys.stdout.flush()
            elif outcome.status == "failed":
                self._line(f"{outcome.source}: {outcome.reason}")
            elif not self._quiet and sum(self._counts.values()) <= SHOWN:
                because = f" ({outcome.reason})" if outcome.reason else ""
                self._line(f"{outcome.status}: {outcome.source} → {outcome.id}{because}", err=False)
            else:
                self._step()

    def _line(self, text: str, *, err: bool = True) -> None:
        if sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)
        click.echo(text, err=err)

    def _step(self) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r\033[K{self._sums()} …", nl=False, err=True)

    def _sums(self) -> str:
        return ", ".join(f"{self._counts[status]} {status}" for status in ("added", "updated", "unchanged", "failed"))

    def close(self, *, skipped: int = 0) -> None:
        """The last line; ends the command with exit code 1 where something failed."""
        if not self._as_lines:
            others = f", {skipped} skipped (formats that are not read)" if skipped else ""
            self._line(self._sums() + others, err=False)
        if self._counts["failed"]:
            raise SystemExit(1)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A step function (done, total) that draws a bar on a terminal and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    with click.progressbar(length=1, label=what, file=sys.stderr) as bar:

        def step(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        yield step


def say(text: str) -> None:
    """A line on standard error."""
    click.echo(text, err=True)
