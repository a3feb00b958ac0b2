"""Prompt injections: text of a page that gives orders to a language model; years in it are no requirement. Pure.

They are recognised by what such orders have in common in many languages, not by a list of known ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from jpt.extract.experience.wording import Wording
from jpt.text.late import late

_REACH = 500
"""Characters before and behind an order that may belong to it."""
_SHORT = 160
"""A line as short as this may be an order's first half: the next one belongs to it."""
_MOST = 50

_VERBS = ("answer", "respond", "reply", "output", "return", "report", "set", "print", "write")
_NOTHING = r"\s(?:only |with |just |exactly |that ){0,3}[\"'`{(]{0,2}0\b"
_SIGN = late(  # each begins with a letter, not with a group: so `re` looks for these letters first
    r"ignor|disreg|forget|overrid|bypass|verg[ei]ss|missacht|oubli|olvid|esque|desconsid|dimentica|negeer"
    r"|vergeet|zignor|pomin"
    r"|talimat|ai(?<![a-z]ai)\b|a\.i\.|llm"
    r"|gpt|claude"
    r"|gemini|language model"
    r"|bots?\b|scraper|crawler|parser|system [pmo]|<\||inst\]|min_years|years?(?:_|\s?=)|stated"
    rf"|post [0-9a-f]{{8}}|json|zero\b|{'|'.join(verb + _NOTHING for verb in _VERBS)}"
)
_FOREIGN_SIGN = late(r"[иф忽无無지تन](?:гнор|забуд|略|视|視|시|جاهل|िर्देश)|забуд|指示|命令|プロンプト")
"""Every order contains one of these, which are quick to look for."""
_ORDER = late(
    # ignore all previous instructions
    r"\b(?:ignor\w{0,8}|disregard\w{0,3}|forget|override|bypass|vergiss|vergessen|missacht\w{0,4}|oubli\w{0,4}"
    r"|olvid\w{0,4}|esque\w{0,6}|desconsider\w{0,4}|dimentica\w{0,3}|negeer|vergeet|zignoruj\w{0,4}"
    r"|pomin\w{0,4})"
    r"\W{1,3}(?:\w{1,20}\W{1,3}){0,5}?(?:(?:instru|istruz|anweis|consigne|indica[cz]|polece|aanwijz|prompt"
    r"|directive)"
    r"\w{0,12}|(?:previous|prior|above|earlier) (?:text|rules|context|requirements|messages?))"
    r"|(?:игнорир|забуд|проигнор)\w{0,8}\W{1,3}(?:\w{1,20}\W{1,3}){0,5}?(?:инструкц|указан|правил)"
    r"|(?:忽略|无视|無視|忽視)[^。\n]{0,12}(?:指令|指示|说明|說明|提示)|(?:指示|命令|プロンプト)[^。\n]{0,10}無視"
    r"|지시[^.\n]{0,10}무시|تجاهل|निर्देश[^।\n]{0,20}अनदेख|talimat\w{0,8}[^.\n]{0,20}(?:yok ?say|gormezden"
    r"|dikkate alma)"
    # dear language model
    r"|\b(?:dear|attention|note (?:to|for)|hey|hello|message (?:to|for)|instructions? (?:to|for)|if you are)"
    r"(?: (?:the|any|all|an?|this|every)){0,2} (?:ai|a\.i\.|llms?|gpt|chatgpt|claude|gemini"
    r"|(?:large )?language models?"
    r"|ai (?:model|assistant|agent|system|reader)s?|bots?|scrapers?|crawlers?|parsers?)\b(?! ?[a-z&/-]{2,})"
    r"|\byou are (?:now )?an? (?:ai (?:model|assistant|system)|llm|(?:large )?language model|chatbot)\b"
    r"|\bas an (?:ai|llm|language model)\b(?! ?[a-z&/-]{2,})|\bsystem (?:prompt|message|override)\b"
    r"|<\|[a-z_]{2,20}\|>|\[/?inst\]"
    # the shape of an answer
    r"|\bmin_years\b|\byears?_?(?:of_experience)?\s?=\s?\d|[\"']stated[\"']\s?:|\bstated\s?="
    r"|\bpost [0-9a-f]{16}\b"
    r"|(?:answer|respond|reply|output|return|report|set|print|write)\s(?:only |with |just |exactly "
    r"|that ){0,3}"
    r"[\"'`{(]{0,2}(?:0|zero|json)\b"
)


@dataclass(frozen=True, slots=True)
class Injections:
    """The spans of a text that are addressed to a machine."""

    spans: tuple[tuple[int, int], ...]

    def contain(self, place: int) -> bool:
        """Return whether *place* lies in one of them."""
        return any(start <= place < end for start, end in self.spans)


def injections(words: Wording, places: Iterable[tuple[int, int]]) -> Injections:
    """Find injections near *places*: the line of an order, and the next line if that one is short.

    *places* are in order; an order that is too far away to reach them does not count.
    """
    spans: list[tuple[int, int]] = []
    done = 0
    for start, end in places:
        first, last = max(done, start - _REACH - _SHORT), min(len(words.low), end + _REACH)
        if last <= first:
            continue
        done = last
        if not _SIGN.search(words.low, first, last) and (
            words.low.isascii() or not _FOREIGN_SIGN.search(words.low, first, last)
        ):
            continue
        for match in _ORDER.finditer(words.low, first, last):
            spans.append(_around(words.low, match.start(), match.end()))
            if len(spans) == _MOST:
                return Injections(tuple(spans))
    return Injections(tuple(spans))


def _around(low: str, start: int, end: int) -> tuple[int, int]:
    floor, roof = max(0, start - _REACH), min(len(low), end + _REACH)
    first = low.rfind("\n", floor, start) + 1 or floor
    last = _line_end(low, end, roof)
    if last - first < _SHORT and last < roof:
        last = _line_end(low, last + 1, roof)
    return first, last


def _line_end(low: str, place: int, roof: int) -> int:
    found = low.find("\n", place, roof)
    return roof if found < 0 else found
