"""Text pasted from before Unicode (`Héi nghÞ` in TCVN3, `Hoäi nghò` in VNI) or typed in VIQR (`Ho^.i nghi.`)."""

from __future__ import annotations

from corpus.legacy import convert, recognise
from indexer.analysis import analyse
from indexer.vocabulary import Vocabulary

KNOWN = 0.5  # share of the words with marks that the collection must have, to believe the conversion


def decoded(typed: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The text in Unicode and the note for the reader (`viqr` or `legacy`); None where it is no such text."""
    encoding = recognise(typed)
    if encoding is None:
        return None
    text = convert(typed, encoding)
    read = analyse(text)
    marked = [key for key, fold in zip(read.exact, read.folded, strict=True) if key != fold]
    if sum(key in vocabulary.counts for key in marked) < KNOWN * max(len(marked), 1):
        return None
    return text, "viqr" if encoding == "viqr" else "legacy"
