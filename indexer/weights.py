"""The weights of the ranking, in one table. Where they come from: `shared` measurements (relevance.md),
which varied each and found the flat spots; what we changed was tuned on one half of the questions."""

from __future__ import annotations

# Fields by the kind of a run's readings: exact, folded, pairs of exact, pairs of folded keys.
FIELDS = {
    "marked": {"x": 2.0, "f": 1.0, "bx": 1.0, "bf": 0.5},
    "unmarked": {"x": 1.0, "f": 1.0, "bx": 0.5, "bf": 0.5},
    "keys": {"x": 2.0, "f": 1.0, "bx": 1.0, "bf": 0.5},
}
SHORT = 3  # tokens up to which folded pairs weigh SHORT_PAIRS
SHORT_PAIRS = 1.0
TITLE = 0.3  # of a field's weight, for the same word in the title
NAME = 1.5  # of the idf of its syllables, for a whole name of a body, person or place
SURFACE = 0.1  # of the idf, for the very letter i or y
ALL_PAIRS = 1.0  # of the idf of the words, for all pairs of a query of up to PHRASE tokens
PHRASE = 10
GUESSED = 0.25  # of the weight asked for, of a word that nobody has as it was typed
CONTENT = 2  # other words from which on question and function words need not be there
STRICT = 5  # up to so many words, all of them are asked for if any document has them all
FEW_WORDS = 3  # of more words, all are asked for only if FEW_HITS documents have them all
FEW_HITS = 5
ENOUGH = 0.4  # else so much of their weight
ENOUGH_OF_A_QUESTION = 0.1  # a question is ranked, not cut down
DAYS_RULE = 6  # tokens up to which a day in a query is a must
NUMBER = 1.0  # of the idf, for each mention of a document's number or of a day
CONCEPT = 3.0  # of the idf, for a word or a phrase that has synonyms
DIGITS = 3  # from so many digits on a number is a figure, whose words weigh FIGURE times as much
FIGURE = 1.5
