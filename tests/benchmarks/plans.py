"""The form in which every engine is asked (`indexer.plan.Plan`), and in which it answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.analysis import folded_key
from indexer.plan import Plan


@dataclass(frozen=True)
class Query:
    """One question: its plan, and the text that a reader would have typed for it (of pages and passages)."""

    plan: Plan
    text: str = ""


@dataclass
class Found:
    """An answer: documents in the engine's own terms, best first; facet counts by facet and value."""

    total: int
    hits: list[object]
    scores: list[float]
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


def attached(plan: Plan) -> list[list[tuple[str, str, float]]]:
    """The groups of a plan with everything that is scored in the group that it implies.

    For engines that score a term only where it is asked for, or do so faster: a pair implies its words, an exact key
    its folded one, a word of the title the same word of the text. Nothing of this changes who is found.
    """
    weights = {(name, term): weight for name, term, weight in plan.scored}
    groups = [[(name, term, weights.pop((name, term), 0.0)) for name, term in group] for group in plan.must]
    for (name, term), weight in weights.items():
        word = term.split(" ")[0]
        implied = {("x", word), ("f", folded_key(word))}
        home = next((number for number, group in enumerate(plan.must) if implied.intersection(group)), None)
        if home is None:
            raise ValueError(f"{name}:{term} is scored but implies nothing that is asked for")
        groups[home].append((name, term, weight))
    return groups
