"""Further terms of a job that its text states: seniority words of its title, sponsorship of a visa. Pure."""

from __future__ import annotations

import re

from jpt.text.late import late, whole_words

_MOST = 200_000


def seniority(title: str) -> list[str]:
    """Return the words of a title that name a level, in order, lower case; they never decide the years."""
    found = (match[0].lower().rstrip(".") for match in _LEVEL.finditer(title[:300]))
    return list(dict.fromkeys(_SAME.get(word, word) for word in found))


def visa_sponsorship(text: str) -> bool | None:
    """Return whether a visa is sponsored (True) or not (False); None if the post does not say."""
    text, offered, done = text[:_MOST], None, -1
    for word in _VISA.finditer(text):
        if word.start() < done:
            continue
        before, after = (
            text[max(0, word.start() - _AROUND) : word.start()],
            text[word.start() : word.end() + _AROUND],
        )
        sentence = _END.split(before)[-1] + (rest := _END.split(after, maxsplit=1)[0])
        done = word.start() + len(rest)
        if _REFUSED.search(sentence):
            return False
        offered = offered or bool(_TOPIC.search(sentence) and _OFFERED.search(sentence)) or None
    return offered


_AROUND = 200
_END = late(r"[.!?\n](?=\s|$)")
_SAME = {"sr": "senior", "jr": "junior", "mid-level": "mid", "mid level": "mid", "entry-level": "entry level"}
_LEVEL = late(
    r"\b(?:senior|sr\.?|junior|jr\.?|lead|principal|staff(?! nurse)|head|chief|director|vice president|vp"
    r"|entry[- ]level"
    r"|mid[- ]level|graduate|new grad|intern(?:ship)?|trainee|apprentice|associate|working student"
    r"|werkstudent(?:in)?"
    r"|praktik\w+|stagiaire|alternan\w+|becari[oa]|stagiair|I{1,3}|IV)(?![\w-])",
    re.IGNORECASE,
)
_VISA = whole_words(r"visas?|sponsor(?:ship|ed|ing|s)?|work permits?|arbeitsvisum|visum")
_ABOUT = r"(?:visas?|work permits?|immigration|employment|h-?1b|tier 2|skilled worker|work authori[sz]ation)"
_TOPIC = late(
    r"\b(?:visas?|work permits?|immigration|h-?1b|work authori[sz]ation|visum)\b|\bsponsorship (?:is "
    r"|may be |can be )?(?:available|possible"
    r"|offered|provided|considered)",
    re.IGNORECASE,
)
_REFUSED = late(
    rf"\b(?:not|no|unable to|cannot|can't|won't|don't|doesn't|isn't|aren't|without)\b(?! (?:only|limited"
    rf"|a problem)).{{0,90}}"
    rf"\bsponsor|\bsponsor\w*.{{0,60}}\b(?:is|are|will)?\s?(?:not|n't|unavailable)\b"
    rf"|\bwithout (?:the )?(?:need|requirement)"
    rf".{{0,40}}\b(?:visa|sponsor)|\bno visas?\b|\bnot (?:offer|provide|give).{{0,40}}{_ABOUT}"
    rf"|keine? (?:visa|visum)",
    re.IGNORECASE,
)
_OFFERED = late(
    rf"\b(?:we|company|can|will|able to|offer\w*|provid\w*|happy to|available|open to|eligible)\b.{{0,60}}"
    rf"(?:\bsponsor\w*|{_ABOUT} (?:support|sponsor|assistance|help))|\b(?:sponsor\w*|visa (?:support"
    rf"|assistance))\b.{{0,60}}"
    rf"\b(?:available|offered|provided|possible|considered|yes)\b|\bsponsor(?:ship|s"
    rf"|ed)?\b.{{0,20}}\bfor\b.{{0,30}}visa"
    rf"|\bvisa sponsorship\s?[:=-]\s?yes|sponsor (?:your |a |the |work )?visas?",
    re.IGNORECASE,
)
