"""Vietnamese texts from before Unicode: TCVN3 and VNI fonts, VIQR; recognised from the text and turned into NFC.

Convert before anything cleans the text: U+00AD is a letter (ư) in TCVN3, not an invisible hyphen.
"""

from __future__ import annotations

from corpus.legacy.conversion import convert
from corpus.legacy.encodings import ENCODINGS, Encoding
from corpus.legacy.recognition import recognise

__all__ = ["ENCODINGS", "Encoding", "convert", "recognise"]
