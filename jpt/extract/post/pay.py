"""What a job pays, as schema.org or a plain line states it. Pure."""

from __future__ import annotations

import re
from typing import Any

from jpt.text.late import late
from jpt.text.numbers import decimal

Salary = dict[str, Any]
"""min, max (numbers or None), currency (ISO 4217 or None), per (year, month, week, day, hour or None)."""

_HIGHEST = 1e9
_SEARCHED = 50_000


def salary(value: Any) -> Salary | None:
    """Read schema.org's baseSalary: a MonetaryAmount, a number or words; None if it states no number."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, str):
        return _stated_salary(value) or _salary(_number(value), None, "", "")
    if not isinstance(value, dict):
        return _salary(_number(value), None, "", "")
    inner = value.get("value")
    amount = inner if isinstance(inner, dict) else value
    low = _number(amount.get("minValue"))
    high = _number(amount.get("maxValue"))
    if low is None and high is None:
        low = _number(amount.get("value"))
    currency = value.get("currency") or amount.get("currency") or value.get("salaryCurrency")
    return _salary(low, high, currency, amount.get("unitText") or value.get("unitText"))


def _stated_salary(text: str) -> Salary | None:
    """Read the first pay that *text* states: a range with a currency, or one amount for a unit of time."""
    text = text[:_SEARCHED]
    for pattern in (_RANGE, _ONE):
        for found in pattern.finditer(text):
            if salary := _stated(found, text):
                return salary
    return None


def _stated(found: re.Match[str], text: str) -> Salary | None:
    groups = found.groupdict()
    currency = next((groups[name] for name in ("c1", "c2", "c3", "c4") if groups.get(name)), "")
    thousands = bool(groups.get("k2"))
    low = _amount(groups["low"], thousands=bool(groups["k1"]) or thousands)
    high = _amount(groups.get("high") or groups["low"], thousands=thousands or bool(groups["k1"]))
    if not currency or low is None or high is None or not low <= high <= 20 * low:
        return None
    near = text[max(found.start() - 60, 0) : found.end() + 30]
    salary = _salary(low, high, currency, groups.get("per") if _UNIT.search(groups.get("per") or "") else near)
    bound = (groups.get("bound") or "").lower()
    if salary is None or (salary["per"] == "year" and high < 1_000) or high < 5:
        return None  # lakhs, millions, a share
    if bound:
        salary["min" if bound in _AT_MOST else "max"] = None
    return salary


def _salary(low: float | None, high: float | None, currency: Any, per: Any) -> Salary | None:
    if not low and not high:
        return None
    code = currency.strip() if isinstance(currency, str) else ""
    code = CURRENCIES.get(code.lower(), code.upper())
    unit = _UNIT.search(per) if isinstance(per, str) else None
    return {
        "min": plain_number(low),
        "max": plain_number(high if high is not None else low),
        "currency": code if re.fullmatch(r"[A-Z]{3}", code) else None,
        "per": next((name for name in _UNIT.groupindex if unit and unit[name]), None),
    }


def plain_number(number: float | None) -> float | int | None:
    """Return a whole number without its decimal point."""
    return int(number) if number is not None and number.is_integer() else number


def _number(value: Any) -> float | None:
    """Return a number, or a string that is one, from 0 to a thousand million."""
    return amount(value) if isinstance(value, str) else decimal(value, high=_HIGHEST)


def amount(digits: str) -> float | None:
    """Read `120,000`, `120.000,00`, `120 000` or `19.50`: three digits behind a mark are thousands."""
    digits = re.sub(r"[\s'’]", "", digits)
    return decimal(re.sub(r"[.,](?=\d{3}(?:[.,]|$))", "", digits).replace(",", "."), high=_HIGHEST)


def _amount(digits: str, *, thousands: bool) -> float | None:
    number = amount(digits)
    return number * 1_000 if thousands and number is not None and number < 1_000 else number


CURRENCIES = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "a$": "AUD",
    "au$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "₩": "KRW", "nz$": "NZD", "hk$": "HKD", "r$": "BRL",
    "₱": "PHP", "rs": "INR", "rs.": "INR",
}  # fmt: skip
"""Signs of currencies in lower case, with their codes (ISO 4217)."""
_UNIT = late(
    r"\b(?:(?P<year>years?\b|annu|yr\b|yearly|p\.?\s?a\.?(?!\w)|jahr|jährlich|par an\b"
    r"|/\s?an\b|anual|año|ano\b|jaar|år\b)"
    r"|(?P<month>month|mo\b|monat|mois\b|mensual|mensile|mes\b|mês\b|maand|mies)|(?P<week>week|woche)"
    r"|(?P<day>day\b|daily|tag\b|jour\b)|(?P<hour>hour|hr\b|stunde|heure|hora\b|uur\b))",
    re.IGNORECASE,
)
_AT_MOST = ("up to", "bis zu", "max", "maximum", "jusqu'à", "hasta", "até", "fino a", "tot")
_CODE = (
    r"(?:(?:US|CA|AU|NZ|HK|A|C|S|R)?\$|€|£|₹|¥|₩|₱|zł|\bRs\.?(?=\s?\d)"
    r"|(?:USD|EUR|GBP|CHF|CAD|AUD|INR|PLN|SEK|NOK|DKK|CZK|SGD|NZD|JPY|PHP|HKD|BRL|ZAR|AED|MXN|RON"
    r"|HUF)(?![A-Za-z]))"
)
_DIGITS = r"\d{1,3}(?:[.,'’ ]\d{3}){1,2}(?:[.,]\d{2})?|\d{1,7}(?:[.,]\d{1,2})?"
_MORE = r"(?!\s?(?:m|mm|mn|bn|b|million|billion|mio|lakhs?|lpa|crores?|%)\b|%)"
_PER = r"(?:\s?\(?(?:/|per|an?|pro|par|gross|brutto|,)\s?(?:(?:per|an?|pro|par)\s)?(?P<per>[^\W\d_]{1,9}))"
_RANGE = late(
    rf"(?P<c1>{_CODE})?\s?(?<![\d.,])(?P<low>{_DIGITS})\s?(?P<k1>k\b)?\s?(?P<c2>{_CODE})?(?:/\w{{2,5}})?\*?"
    rf"\s{{0,2}}(?:-|–|—|to|bis|and|à|a)\s{{0,2}}(?P<c3>{_CODE})?\s?(?P<high>{_DIGITS})(?![\d.,]\d){_MORE}"
    rf"\s?(?P<k2>k\b)?\s?(?P<c4>{_CODE})?{_PER}?",
    re.IGNORECASE,
)
_ONE = late(
    rf"(?:\b(?P<bound>up to|bis zu|max|maximum|jusqu'à|hasta|até|fino a|tot"
    rf"|from|starting (?:at|from)|ab|minimum|at least|desde)\s)?"
    rf"(?P<c1>{_CODE})\s?(?<![\d.,])(?P<low>{_DIGITS})(?![\d.,]\d){_MORE}\s?(?P<k1>k\b)?\+?"
    rf"(?=\s?(?:/|per|an?\b|p\.?a\b|annual|pro)){_PER}",
    re.IGNORECASE,
)
