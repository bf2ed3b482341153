"""From the tree as typed to the tree as understood: every run of words gets its readings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.analysis import analyse
from indexer.page import Reading
from indexer.query.readings import as_typed, read_keys, read_words, typed_in
from indexer.query.synonyms import alternatives
from indexer.query.tree import AnyOf, Clause, Phrase, Query, Run, Without
from indexer.vocabulary import Vocabulary

SURE = 0.9  # weight of the least sure syllable from which a restored or corrected reading is shown

Spell = Callable[[str], str]


def understand(query: Query, vocabulary: Vocabulary, spell: Spell) -> tuple[tuple[Clause, ...], Reading]:
    """The clauses with readings, and how to tell the reader. `spell` gives the spelling of an exact key."""
    runs = list(runs_of(query.clauses))
    method = typed_in([(run.read, run.text) for run in runs], vocabulary)
    if method is None:
        clauses = _with(query.clauses, lambda clause: _plain(clause, vocabulary))
        return clauses, _told(query, clauses, spell)
    clauses = _with(query.clauses, lambda clause: _keys(clause, method, vocabulary, spell))
    best = [key for run in runs_of(clauses) for key in (run.readings.best if run.readings else run.read.exact)]
    return clauses, Reading(query.typed, _rewritten(query.typed, runs, best, spell), method, hints=query.hints)


def taken_literally(query: Query) -> tuple[tuple[Clause, ...], Reading]:
    """The clauses as they were typed."""
    clauses = _with(query.clauses, lambda clause: replace(clause, readings=as_typed(clause.read)))
    return clauses, Reading(query.typed, query.typed.strip(), hints=query.hints)


def runs_of(clauses: tuple[Clause, ...]) -> Iterator[Run | Phrase]:
    """The runs and phrases of a tree, those of alternatives too."""
    for clause in clauses:
        if isinstance(clause, Run | Phrase):
            yield clause
        elif isinstance(clause, AnyOf):
            for choice in clause.choices:
                yield from runs_of(choice)


def _with(clauses: tuple[Clause, ...], change: Callable[[Run | Phrase], Run | Phrase]) -> tuple[Clause, ...]:
    found: list[Clause] = []
    for clause in clauses:
        if isinstance(clause, Run | Phrase):
            found.append(change(clause))
        elif isinstance(clause, AnyOf):
            found.append(AnyOf(tuple(_with(choice, change) for choice in clause.choices)))
        elif isinstance(clause, Without):
            changed = change(clause.clause)
            found.append(Without(changed) if isinstance(changed, Phrase) else clause)
        else:
            found.append(clause)
    return tuple(found)


def _plain(clause: Run | Phrase, vocabulary: Vocabulary) -> Run | Phrase:
    if isinstance(clause, Phrase):  # exactly so: no readings
        return replace(clause, readings=as_typed(clause.read))
    found = alternatives(clause.read, clause.text)
    short = {each.start for each in found if each.end == each.start + 1}
    return replace(clause, readings=read_words(clause.read, vocabulary, short), alternatives=found)


def _keys(clause: Run | Phrase, method: str, vocabulary: Vocabulary, spell: Spell) -> Run | Phrase:
    """The words decoded: the text becomes the likeliest spelling, so that its numbers are found too."""
    readings = read_keys(clause.read, clause.text, method, vocabulary)
    text = _spelled(clause, readings.best, spell)
    read = analyse(text)
    if len(read.tokens) != len(clause.read.tokens):
        read = clause.read
    if isinstance(clause, Phrase):
        return replace(clause, read=read, text=text, readings=as_typed(read))
    return replace(clause, read=read, text=text, readings=readings, alternatives=alternatives(read, text))


def _spelled(clause: Run | Phrase, best: list[str], spell: Spell) -> str:
    out, at = [], 0
    for token, key, typed in zip(clause.read.tokens, best, clause.read.exact, strict=True):
        out += [clause.text[at : token.start], clause.text[token.start : token.end] if key == typed else spell(key)]
        at = token.end
    return "".join([*out, clause.text[at:]])


def _told(query: Query, clauses: tuple[Clause, ...], spell: Spell) -> Reading:
    """Restored marks and corrected slips, where they are sure; else the words as typed."""
    runs = list(runs_of(clauses))
    readings = [run.readings for run in runs if run.readings is not None]
    typed = [key for run in runs for key in run.read.exact]
    best = [key for reading in readings for key in reading.best]
    if best == typed or min((reading.sure for reading in readings), default=0.0) < SURE:
        return Reading(query.typed, query.typed.strip(), hints=query.hints)
    folded = [fold for run in runs for fold in run.read.folded]
    note = "restored" if _same_folds(best, folded) else "corrected"
    return Reading(query.typed, _rewritten(query.typed, runs, best, spell), note, hints=query.hints)


def _same_folds(best: list[str], folded: list[str]) -> bool:
    return [fold for key in best for fold in analyse(key).folded] == folded


def _rewritten(typed: str, runs: list[Run | Phrase], best: list[str], spell: Spell) -> str:
    """What was typed, each word of a run in its likeliest spelling; operators and fields stay."""
    whole = analyse(typed)
    words = [token.text for run in runs for token in run.read.tokens]
    keys = [key for run in runs for key in run.read.exact]
    out, at, n = [], 0, 0
    for token in whole.tokens:
        if n < len(words) and token.text == words[n]:
            out += [typed[at : token.start], typed[token.start : token.end] if best[n] == keys[n] else spell(best[n])]
            at = token.end
            n += 1
    return "".join([*out, typed[at:]]).strip()
