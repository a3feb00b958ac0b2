"""What a job pays, read from the text of its post: amounts beside words for pay, put together. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any, Literal

from jpt.extract.post.pay import CURRENCIES, amount, plain_number
from jpt.text.late import late, whole_words
from jpt.text.stretches import stretches

Per = Literal["hour", "day", "week", "month", "year"]

_SEARCHED = 200_000
_MOST = 400
"""Amounts looked at."""
_BEFORE, _AFTER = 90, 50
"""Characters before and behind an amount in which words say what it is."""
_BESIDE = 90
"""A least and a most that belong together are no further apart."""
_NEAR = 500
"""Two ranges of one pay (by place, by level) stand no further apart."""

_SIGNS = {
    **CURRENCIES,
    "₪": "ILS", "euro": "EUR", "euros": "EUR", "birr": "ETB", "nis": "ILS", "sfr": "CHF", "fr.": "CHF",
}  # fmt: skip
_CODES = (
    "USD|EUR|GBP|CHF|CAD|AUD|INR|PLN|SEK|NOK|DKK|CZK|SGD|NZD|JPY|PHP|HKD|BRL|ZAR|AED|MXN|RON|HUF|ILS|ETB|KES|NGN"
    "|MYR|THB|IDR|VND|TRY|EGP|CNY|KRW|SAR|QAR|COP|CLP|ARS|PEN|BGN|UAH"
)
_CUR = (
    r"(?:(?:US|CA|AU|NZ|HK|A|C|S|R)?\$|€|£|₹|¥|₩|₱|₪|zł|\bRs\.?(?=\s?\d)|\bsfr\b|\bfr\.(?=\s?\d)"
    rf"|(?<![A-Za-z])(?:{_CODES})(?![A-Za-z])|(?<![a-z])(?:euros?|birr|nis)\b)"
)
_NUM = r"\d{1,3}(?:[.,'’  ]\d{3}){1,2}(?:[.,]\d{1,2})?|\d{1,7}(?:[.,]\d{1,2})?"
_TAIL = r"(?:[,._]\s?(?:-{1,2}|00\b|–))?(?:\s(?:bruto|brutto|gross)\b)?"
_NOT = (
    r"(?![\d.,]*\d)(?!\s?(?:m|mm|mn|bn|b|million|billion|mio|crores?)\b|\s?%"
    r"|\s?(?:hours|hrs|uur|stunden|days|weeks|applicants|employees)\b)"
)
_MONEY = (
    rf"(?:(?:{_CODES})\s?(?=[$€£]))?(?P<c{{0}}>{_CUR})?\s?(?:(?:brutto|bruto|gross)\s)?(?<![\d.,#])(?<!(?<!\d)[A-Za-z]-)(?!401\s?\(?k)(?P<n{{0}}>{_NUM}){_TAIL}"
    rf"\s?(?P<k{{0}}>k\b|lpa\b|lakhs?\b|l\b)?{_NOT}\s?(?P<d{{0}}>{_CUR})?"
)
_SEP = (
    r"\*?\s{0,3}(?:(?:/|per)\s?(?:hr|hour|yr|year|month|mo|h)\b)?\s{0,3}"
    r"(?:-|–|—|~|to|tot|bis(?: zu)?|and|en|et|und|y|a|à|up to)\s{0,3}"
    r"(?:max(?:\.|imaal|imum|imal|\b)\s?)?"
)
_UPPER = late(_SEP + _MONEY.replace("{0}", "2"), re.IGNORECASE)
_ONE = late(_MONEY.replace("{0}", "1"), re.IGNORECASE)

_DIGITS = late(r"\d+")
_SIGN_AHEAD, _SIGN_BEHIND = 16, 40
"""Characters before and behind digits that an amount may reach: currency, thousands, and what it is not."""

_PAY = late(
    r"(?:\b|(?<=[a-z])(?=S))(?:salar\w*|pay(?:s|ing|ment|scale)?|paid|compensat\w+|\bcomp\b|wages?"
    r"|remuneration\w*|hourly|rate|gehalt\w*|"
    r"\w{0,12}gehalt|vergütung\w*|entgelt|lohn|verdien\w*|salaire|rémunération|retribuci\w+|retribuzione"
    r"|sueldo|salarial"
    r"|inkomen|loon|\w{0,10}salaris\w*|uurloon|stipendio|ral\b|lön|lønn|løn|wynagrodzen\w*|earn\w*|ote"
    r"|package|tarief"
    r"|bezoldiging|tjm|band|bieden|aanbod|range for this|targeted range)\b",
    re.IGNORECASE,
)
_OTHER = whole_words(
    r"stipend|reimburs\w*|tuition|allowance|budget|fertility|hra|hsa|fsa|donat\w+|bonus(?:es)?"
    r"|sign[- ]on|commission"
    r"|signing|referral|fund(?:ing|ed)?|raised?|revenues?|valuation|arr|assets|portfolio|sales of|401"
    r"|match\w*|insurance"
    r"|gym|transit|wellness|learning|development|equipment|relocation|voucher|gifts?|fee|fees|cost|costs"
    r"|price|prices"
    r"|per claim|saving|savings|worth|loan|debt|contract value|deal|deals|budgets|customers|users|employees"
    r"|lunch"
    r"|tegoed|opleidingsbudget|vergoeding|reiskosten\w*|ticket\w*|prime|bonos?|prestatie|grant|mortgage"
    r"|coverage|presupuesto|formaci[oó]n|subvenci[oó]n",
)
_ESTIMATED = whole_words(r"total target|estimated|geschat|geschätzt|estimad[oa]|estimé")
_LEAST = late(
    r"\b(?:from|starting|starts (?:at|from)|ab|minimum|at least|mindest\w*|vanaf|desde|a partir d[ei]"
    r"|à partir de|min\.?|least"
    r"|collective agreement|kollektivvertrag\w*|upwards)\b[^.;\d]{0,60}$",
    re.IGNORECASE,
)
_MOST_WORD = late(
    r"(?:\b|(?<=[a-z])(?=U))(?:up to|upto|max(?:imum|imaal|imal)?\.?|jusqu'à|hasta|até|fino a|bis(?: zu)?"
    r"|tot|not exceed\w*)\b[^.;\d]{0,25}$",
    re.IGNORECASE,
)
_PLUS = late(r"\+(?!\w|\s?(?:super|equity|bonus|benefits|commission|ote|vat|tax))|\s\+(?!\s?\w)")
_UNITS: dict[Per, str] = {
    "hour": r"hour(?:ly)?|hr|h\b|std|stunden?\w*|heure|hora|uur(?:loon|tarief)?|godz\w*",
    "day": r"day|daily|tag(?:essatz)?\b|jour\b|tjm|diari[oa]|dag\b|p\.?d\b",
    "week": r"week(?:ly)?|woche|wk\b",
    "month": r"month(?:ly)?|mo\b|mth|monat\w*|mois|mensual\w*|mensuel\w*|mensile|mes\b|mês|maand\w*|mnd"
    r"|mies\w*|m-c|p\.?m\b",
    "year": r"year(?:ly)?|yr|annum|annual(?:ly|es)?|annuel\w*|p\.?\s?a\b|jahr\w*|jährlich|an\b|año|ano\b"
    r"|anno|anual\w*"
    r"|jaar\w*|år\b|lpa|rok",
}
_UNIT = "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
_BEHIND = late(
    rf"^\s?(?:\)?\s?(?:gross|brutto?|bruto|base|net(?:to)?|fixed|salary|usd|eur|cad|euros?|\*"
    rf"|[,-]){{0,3}}\s?[\s(,]{{0,3}}"
    rf"(?:/\s?per\b|/|per\b|an?\b|pro\b|par\b|por\b|al\b|p/|p\.|each\b"
    rf"|for a full school\b)?\s?)(?:{_UNIT})(?![a-z])",
    re.IGNORECASE,
)
_WORD = late(_UNIT, re.IGNORECASE)
_AHEAD = late(
    r"(?:(?P<hour>hourly|per hour|uurloon|uurtarief|stundenlohn)|(?P<day>daily rate|per day|tagessatz|tjm"
    r"|day rate)"
    r"|(?P<week>weekly|per week)|(?P<month>monthly|per month|maandsalaris|monats\w*|mensuel\w*|mensual\w*"
    r"|/ ?mnd)"
    r"|(?P<year>annual(?:ly)?|yearly|per year|per annum|jahres\w*|annuel\w*|anual\w*|jaarsalaris|jaarinkomen))",
    re.IGNORECASE,
)
_SAID_BEHIND = late(r"\W{0,3}(?:\w+\W+)?(?:salary|base|gross|brut\w*)\b", re.IGNORECASE)
_LINE_SPLIT = late(r"\n|[•●|]|(?<=[a-z)]{2}[.!;])\s")


@dataclass(frozen=True, slots=True)
class Wage:
    """One pay as a text states it."""

    start: int
    low: float | None
    high: float | None
    currency: str
    per: Per


def wage(text: str) -> dict[str, Any] | None:
    """Return what a job pays: min, max (one may be None), currency (ISO 4217), per; None if not stated."""
    text = text[:_SEARCHED]
    found = list(_all(text))
    if not found:
        return None
    number = _chosen(found)
    first = _with_upper(found, number)
    for other in found[number + 1 :]:
        same = (other.currency, other.per) == (first.currency, first.per) and other.start - first.start < _NEAR
        if same and first.low and first.high and other.low and other.high and other.low != other.high != 0:
            if first.low == first.high and not other.low <= first.low <= other.high:
                continue
            if other.high <= 2.5 * first.high and other.low >= first.low / 2.5:
                first = replace(first, low=min(first.low, other.low), high=max(first.high, other.high))
    return {
        "min": plain_number(first.low),
        "max": plain_number(first.high),
        "currency": first.currency,
        "per": first.per,
    }


def _chosen(found: Sequence[Wage]) -> int:
    """Choose the first range, where it says more of what was said first; else that."""
    start = found[0]
    for number, one in enumerate(found):
        same = (one.currency, one.per) == (start.currency, start.per)
        more = (start.low and start.high) or one.low == start.low or one.high == start.high
        if one.low and one.high and one.low != one.high and same and more:
            return number
    return 0


def _with_upper(found: Sequence[Wage], number: int) -> Wage:
    """Put a least and a most that stand beside each other together: `Minimum: $40,000 / Maximum: $60,000`."""
    first = found[number]
    for other in found[number + 1 :] if first.low and first.high is None else ():
        same = (other.currency, other.per) == (first.currency, first.per) and other.start - first.start < _BESIDE
        if same and other.low is None and other.high and other.high >= (first.low or 0):
            return replace(first, high=other.high)
    return first


def _all(text: str) -> Iterator[Wage]:
    done = 0
    numbers = (
        match
        for start, end in stretches(text, _DIGITS, _SIGN_AHEAD, _SIGN_BEHIND)
        for match in _ONE.finditer(text, start, end)
    )
    for match in islice(numbers, _MOST):
        if match.start() < done:
            continue
        upper = _UPPER.match(text, match.end())
        if upper is None and not (match["c1"] or match["d1"] or match["k1"]):
            continue  # a bare number
        found = (upper and _read(match, upper, text)) or _read(match, None, text)
        if found:
            done = upper.end() if upper and found.low != found.high and found.low and found.high else match.end()
            yield found


def _read(match: re.Match[str], upper: re.Match[str] | None, text: str) -> Wage | None:
    groups = match.groupdict() | (upper.groupdict() if upper else {})
    end = upper.end() if upper else match.end()
    signs = [groups.get(name) for name in ("c1", "d1", "c2", "d2")]
    sign = next((one for one in signs if one), "")
    before = _LINE_SPLIT.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
    label = text[max(0, match.start() - _BEFORE) : match.start()]
    after = text[end : end + _AFTER].split("\n\n", 1)[0]
    ranged = bool(groups.get("n2"))
    mark = (groups.get("k1") or groups.get("k2") or "").lower()
    low = _amount(groups["n1"], mark)
    high = _amount(groups["n2"], mark) if ranged else low
    if low is None or high is None or not 0 < low <= high <= 12 * low or (not ranged and low < 5):
        return None
    named = bool(_PAY.search(before) or _PAY.search(label[-60:]) or _SAID_BEHIND.match(after))
    if _ESTIMATED.search(after) or _ESTIMATED.search(before[-30:]):
        return None
    if _OTHER.search(before[-45:]) and not _PAY.search(before[-25:]):
        return None
    if not named and _OTHER.search(re.split(r"[.;,+&(]|\b(?:plus|and)\b", after)[0][:30]):
        return None
    currency = _currency(sign, mark, text)
    per = _per(before, label, after, text[match.start() : end], bool(mark) and currency not in _MONTHLY)
    in_head = not before.strip() and label.rstrip().endswith("|") and (ranged or bool(_PLUS.match(after)))
    named = named or (in_head and bool(mark))
    unsigned = named and (mark or (ranged and (per or low >= 10_000)))
    if not currency or not (sign or unsigned):
        return None
    plain = bool(sign) and (per is not None or (ranged and low >= 10_000))
    if not named and not plain and not _stands_out(match, text, low):
        return None
    if per == "year" and high < 9_000 and not _BEHIND.match(after):
        per = None
    per = per or _usual(high, currency)
    if per is None or not _plausible(high, per, currency):
        return None
    if not ranged:
        if _MOST_WORD.search(before):
            return Wage(match.start(), None, high, currency, per)
        if _LEAST.search(before) or _PLUS.match(after):
            return Wage(match.start(), low, None, currency, per)
    return Wage(match.start(), low, high, currency, per)


def _stands_out(match: re.Match[str], text: str, low: float) -> bool:
    """Return whether a lone amount is a part of a head: `Analyst | Berlin | up to £60,000`."""
    start = max(text.rfind("\n", 0, match.start()), text.rfind("|", 0, match.start())) + 1
    return low >= 2_000 and match.start() - start <= 40 and bool(_MOST_WORD.search(text[start : match.start()]))


def _per(before: str, label: str, after: str, said: str, marked: bool) -> Per | None:
    inside = re.search(r"(?:/|per)\s?(hr|hour|h|yr|year|month|mo)\b", said, re.IGNORECASE)
    ahead = [*_AHEAD.finditer(label[-60:]), *_AHEAD.finditer(before)]
    for found in (_BEHIND.match(after), inside and _WORD.match(inside[1]), ahead[-1] if ahead else None):
        if found:
            return next(name for name in _UNITS if found[name])
    return "year" if marked else None


def _usual(high: float, currency: str) -> Per | None:
    if high >= _MONTHLY.get(currency, 12_000):
        return "year"
    if high >= 900:
        return "month"
    return "hour" if 7 <= high <= 200 else None


_MONTHLY = {
    "PLN": 60_000, "CZK": 250_000, "INR": 200_000, "PHP": 250_000, "ETB": 200_000, "SEK": 120_000, "NOK": 120_000,
    "DKK": 120_000, "ILS": 70_000, "HUF": 3_000_000, "RON": 60_000, "BRL": 60_000, "MXN": 150_000, "ZAR": 120_000,
}  # fmt: skip
"""Below this an amount that names no unit is a month's, where pay is usually given by the month."""


def _plausible(high: float, per: Per, currency: str) -> bool:
    least = {"hour": 3, "day": 20, "week": 100, "month": 300, "year": 5_000}[per]
    most = {"hour": 600, "day": 5_000, "week": 20_000, "month": 60_000, "year": 1_500_000}[per]
    rate = (
        100
        if currency in {"INR", "JPY", "HUF", "KRW", "PHP", "VND", "IDR", "ETB", "NGN", "KES", "COP", "CLP"}
        else 5
    )
    return least <= high <= most * rate


def _amount(digits: str, mark: str) -> float | None:
    number = amount(digits)
    if number is None:
        return None
    if mark.startswith("l"):
        return number * 100_000 if number < 1_000 else number
    return number * 1_000 if mark and number < 1_000 else number


def _currency(sign: str, mark: str, text: str) -> str:
    code = _SIGNS.get(sign.lower(), sign.upper())
    if not code and mark.startswith("l"):
        return "INR"
    if code in {"", "USD"} and sign.lower() in {"", "$"}:
        return _home(text) or ("USD" if sign else "")
    return code


@lru_cache(maxsize=1)
def _home(text: str) -> str:
    """Return the currency of the country that *text* shows; searched once a text, not once an amount."""
    return next((code for code, pattern in _COUNTRIES if pattern.search(text)), "")


_STATES = "CA|NY|TX|WA|MA|IL|PA|FL|CO|NJ|VA|OR|MI|MN|OH|GA|AZ|NC|MO|MD|UT|DC|TN|WI"
_COUNTRIES = tuple(
    (code, late(rf"\b(?:{words})\b{more}"))
    for code, words, more in (
        ("USD", r"USD|U\.S|USA|United States|New York|California", rf"|\bUS\$|\b401\(?k|, (?:{_STATES})\b"),
        ("CAD", "CAD|Canada|Canadian|Ontario|Toronto|Alberta", r"|, (?:ON|BC|AB|QC|MB|SK|NS|NB)\b"),
        ("AUD", "AUD|Australian?|superannuation|Sydney|Melbourne", r"|, (?:NSW|QLD|VIC|ACT|NT|TAS)\b|- ACT\b"),
        ("NZD", "NZD|New Zealand|Auckland", ""),
        ("SGD", "SGD|Singapore|CPF|EA Licen[cs]e|Novena|Jurong|Tanjong Pagar|Marina Bay|Changi", r"|\bS\$"),
        ("HKD", "HKD|Hong Kong", ""),
        ("GBP", "GBP|United Kingdom|London", ""),
        ("EUR", "EUR|Germany|France|Spain|Netherlands|Ireland|España|Deutschland|Nederland", ""),
    )
)  # fmt: skip
"""By which words a post shows its country, and with it the currency that it leaves out."""
