"""The command `bienban`. Exit 0: all done; 1: some of it failed (the rest is kept); 2: used wrongly."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from corpus.demonstration import demo_articles
from corpus.errors import BienbanError, SourceError
from corpus.home import Home
from corpus.identity import id_of
from corpus.ingest import prepare
from corpus.inputs import Inputs
from corpus.record import Record, to_dict, to_json
from corpus.store import Store
from indexer import Collection, Request, index_damages, reindex, sync
from webapp import export
from webapp.adding import add_all, add_sources
from webapp.console import Tally, progress, say
from webapp.importing import import_lines
from webapp.workers import cores

DEFAULT_HOME = "bienban-data"
JOBS = click.IntRange(1, 64)


class Group(click.Group):
    """Errors that are raised on purpose become one sentence and exit code 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except BienbanError as problem:
            click.echo(f"bienban: {problem}", err=True)
            context.exit(1)


@click.group(cls=Group)
@click.option(
    "--home",
    envvar="BIENBAN_HOME",
    default=DEFAULT_HOME,
    show_default=True,
    help="The collection's directory.",
)
@click.version_option(package_name="bienban")
@click.pass_context
def main(context: click.Context, home: str) -> None:
    """Vietnamese meeting minutes and reports you can search."""
    context.obj = Home(Path(home))


@main.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--url", help="The original address of the one file.")
@click.option("--force", is_flag=True, help="Add again what was removed.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line, once the record is durable.")
@click.option("-j", "--jobs", type=JOBS, default=1, show_default=True, help="Processes that parse.")
@click.pass_obj
def add(home: Home, sources: tuple[str, ...], url: str | None, force: bool, as_lines: bool, jobs: int) -> None:
    """Parse, store and index files, folders and web addresses."""
    if url and (len(sources) > 1 or os.path.isdir(sources[0])):
        raise click.UsageError("--url gives the address of one file")
    inputs = Inputs(sources, url)
    with Store(home) as store:
        tally = Tally(as_lines)
        tally.take(add_sources(home, store, inputs, jobs=jobs, force=force))
    tally.close(skipped=inputs.skipped)


@main.command("import")
@click.argument("file", type=click.Path())
@click.option("--force", is_flag=True, help="Add again what was removed.")
@click.option("--json", "as_lines", is_flag=True, help="One JSON object a line, once the record is durable.")
@click.option("-j", "--jobs", type=JOBS, default=cores, show_default="the cores", help="Processes that analyse.")
@click.pass_obj
def import_(home: Home, file: str, force: bool, as_lines: bool, jobs: int) -> None:
    """Take records from a JSON-lines file; only title and paragraphs are required."""
    with Store(home) as store:
        tally = Tally(as_lines)
        tally.take(import_lines(home, store, file, jobs=jobs, force=force))
    tally.close()


@main.command("export")
@click.option("--query", help="Only the records that a search finds, in its order.")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.pass_obj
def export_(home: Home, query: str | None, form: str) -> None:
    """Write records to standard output."""
    with Store(home) as store:
        records = _found(home, query) if query else (stored.record for stored in store.live())
        for line in (export.jsonl if form == "jsonl" else export.table)(records):
            sys.stdout.buffer.write(line.encode())
    sys.stdout.flush()


def _found(home: Home, query: str) -> Iterator[Record]:
    collection = Collection(home)
    number = 1
    while hits := collection.search(Request(query, page=number, limit=100)).hits:
        for hit in hits:
            if (stored := collection.record(hit.id)) is not None:
                yield stored.record
        number += 1


@main.command()
@click.argument("file")
@click.option("--json", "as_line", is_flag=True, help="The record on one line.")
def parse(file: str, as_line: bool) -> None:
    """Show what would be read out of a file or address; nothing is stored."""
    item = prepare(next(iter(Inputs([file]))))
    if item.record is None:
        raise SourceError(file, item.reason or "")
    record = to_dict(item.record) | {"id": id_of(item.key)}
    click.echo(json.dumps(record, ensure_ascii=False, indent=None if as_line else 1))


@main.command()
@click.argument("id")
@click.option("--json", "as_line", is_flag=True, help="The record on one line.")
@click.pass_obj
def show(home: Home, id: str, as_line: bool) -> None:
    """Show a stored record."""
    with Store(home) as store:
        stored = store.get(id)
    if stored is None:
        raise SourceError(id, "there is no such record")
    if stored.removed_at:
        raise SourceError(id, f"removed on {stored.removed_at[:10]}: {stored.reason}")
    if as_line:
        click.echo(to_json(stored.record).decode())
    else:
        click.echo(json.dumps(to_dict(stored.record), ensure_ascii=False, indent=1))


@main.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True)
@click.option("--json", "as_object", is_flag=True, help="The answer of the API.")
@click.pass_obj
def search(home: Home, query: str, limit: int, as_object: bool) -> None:
    """Search the collection."""
    page = Collection(home).search(Request(query, limit=limit))
    if as_object:
        from webapp.api import as_json  # Flask takes a while to import

        click.echo(json.dumps(as_json(page), ensure_ascii=False))
        return
    click.echo(f"{page.total} found in {page.took_ms:.0f} ms")
    for hit in page.hits:
        click.echo(f"{hit.meeting_date or hit.published_date or '????-??-??'}  {hit.id}  {hit.title}")


@main.command()
@click.argument("ids", nargs=-1, required=True)
@click.option("--reason", required=True, help="Why; shown to readers who follow an old link.")
@click.pass_obj
def remove(home: Home, ids: tuple[str, ...], reason: str) -> None:
    """Take records out; a tombstone with the reason stays."""
    failed = 0
    with Store(home) as store, home.writing():
        with store.transaction():
            for id in ids:
                stored = store.get(id)
                if stored is None or stored.removed_at:
                    what = "there is no such record" if stored is None else "removed already"
                    click.echo(f"{id}: {what}", err=True)
                    failed += 1
                    continue
                store.remove(id, reason)
        sync(home, store)
    click.echo(f"removed {len(ids) - failed}")
    if failed:
        raise SystemExit(1)


@main.command("sync")
@click.pass_obj
def sync_(home: Home) -> None:
    """Bring the index up to the store."""
    with Store(home) as store, home.writing():
        click.echo(f"{sync(home, store)} records brought up to date")


@main.command("reindex")
@click.pass_obj
def reindex_(home: Home) -> None:
    """Rebuild the index aside, verify it, switch to it."""
    with Store(home) as store, progress("indexing") as step:
        count = reindex(home, store, step)
    click.echo(f"indexed {count} records")


@main.command()
@click.option("--repair", is_flag=True, help="Build the index anew where something is wrong with it.")
@click.pass_obj
def doctor(home: Home, repair: bool) -> None:
    """Check the store, the originals and the index in full."""
    with Store(home) as store:
        damages = list(index_damages(home, store))
        if damages and repair:
            for sentence in damages:
                say(f"mending: {sentence}")
            reindex(home, store)
            damages = list(index_damages(home, store))
        damages += store.damages()
        records = store.count()[0]
    for sentence in damages:
        click.echo(sentence, err=True)
    if damages:
        raise SystemExit(1)
    click.echo(f"all well: {records} records")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 picks a free one.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes that answer; one a core where it is left out.")
@click.pass_obj
def serve(home: Home, host: str, port: int, workers: int | None) -> None:
    """Serve the web page."""
    from webapp.serving import serve as run  # Flask and the server take a while to import
    from webapp.serving import workers_at_most

    run(home, host, port, workers or workers_at_most())


@main.command()
@click.option("--remove", "taking_out", is_flag=True, help="Take the demo articles out again.")
@click.option("--if-empty", is_flag=True, help="Only where the home has no records yet.")
@click.pass_obj
def demo(home: Home, taking_out: bool, if_empty: bool) -> None:
    """Fill the home with the demo articles, about a province that does not exist."""
    with Store(home) as store:
        if taking_out:
            click.echo(f"took {_take_out_demo(home, store)} demo articles out")
            return
        if if_empty and store.count()[0]:
            return
        tally = Tally(False, quiet=True)
        tally.take(add_all(home, store, demo_articles(), demo=True))
    tally.close()


def _take_out_demo(home: Home, store: Store) -> int:
    with home.writing():
        with store.transaction():
            ids = store.demo_ids()
            orphans = store.erase(ids)
        sync(home, store)
        with store.transaction():
            for sha256 in orphans:
                store.originals.drop(sha256)
    return len(ids)
