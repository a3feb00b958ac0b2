"""Numbers as posts write them: digits, halves, and words in the languages that are read. Pure."""

from __future__ import annotations


def _counted(words: str, first: int = 1) -> dict[str, float]:
    return {word: float(number) for number, word in enumerate(words.split(), first)}


def _tens(*words: str) -> dict[str, float]:
    return {word: number for word, number in zip(words, (20.0, 30.0, 40.0, 50.0), strict=False) if word}


_HALF_WORDS = {
    "half": 0.5, "a half": 0.5, "half a": 0.5, "half an": 0.5, "anderthalb": 1.5, "eineinhalb": 1.5,
    "zweieinhalb": 2.5, "dreieinhalb": 3.5, "viereinhalb": 4.5, "anderhalf": 1.5, "tweeenhalf": 2.5,
    "twee en half": 2.5, "drieenhalf": 3.5, "halvannet": 1.5, "halvandet": 1.5, "poltora": 1.5,
    "ein halbes": 0.5, "halbes": 0.5, "een half": 0.5, "halv": 0.5, "ett halvt": 0.5, "et halvt": 0.5,
    "medio": 0.5, "meio": 0.5, "mezzo": 0.5, "pol": 0.5,
}  # fmt: skip
_ARTICLES = frozenset({"a", "an"})
_WORDS: dict[str, float] = {
    **_counted("zero one two three four five six seven eight nine ten eleven twelve", 0),
    **_counted("thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty", 13),
    **_tens("twenty", "thirty", "forty", "fifty"),
    "twenty-four": 24.0, "twenty four": 24.0, "thirty-six": 36.0, "thirty six": 36.0, "sixty": 60.0,
    "twenty-five": 25.0, "twenty five": 25.0,
    # German
    **_counted("ein zwei drei vier funf sechs sieben acht neun zehn elf zwolf"),
    **dict.fromkeys(("eine", "einem", "einer", "eines", "einen"), 1.0),
    "fuenf": 5.0, "zwoelf": 12.0, "funfzehn": 15.0, "fuenfzehn": 15.0, "null": 0.0,
    **_tens("zwanzig", "dreisig", "vierzig", "funfzig"),
    # French
    **_counted("un deux trois quatre cinq six sept huit neuf dix onze douze"), "une": 1.0, "quinze": 15.0,
    **_tens("vingt", "trente", "quarante", "cinquante"),
    # Spanish
    **_counted("uno dos tres cuatro cinco seis siete ocho nueve diez once doce"), "una": 1.0, "quince": 15.0,
    **_tens("veinte", "treinta", "cuarenta", "cincuenta"),
    # Dutch
    **_counted("een twee drie vier vijf zes zeven acht negen tien elf twaalf"), "vijftien": 15.0,
    **_tens("twintig", "dertig", "veertig", "vijftig"),
    # Italian
    **_counted("un due tre quattro cinque sei sette otto nove dieci undici dodici"), "quindici": 15.0,
    **_tens("venti", "trenta", "quaranta", "cinquanta"),
    # Portuguese
    **_counted("um dois tres quatro cinco seis sete oito nove dez onze doze"), "uma": 1.0, "duas": 2.0,
    **_tens("vinte", "trinta", "quarenta", "cinquenta"),
    # Swedish, Danish, Norwegian
    **_counted("ett två tre fyra fem sex sju åtta nio tio elva tolv"),
    **_counted("et to tre fire fem seks syv otte ni ti elleve tolv"),
    **_counted("ett to tre fire fem seks syv åtte ni ti"), "femton": 15.0, "femten": 15.0,
    **_tens("tjugo", "trettio", "fyrtio", "femtio"), "tyve": 20.0,
    # Polish
    **_counted("jeden dwa trzy cztery piec szesc siedem osiem dziewiec dziesiec"),
    **dict.fromkeys(("jednego", "jednym", "jedno"), 1.0),
    **_counted("dwoch trzech czterech pieciu szesciu siedmiu osmiu dziewieciu dziesieciu", 2),
    "rocz": 1.0, "dwu": 2.0, "trzy": 3.0, "cztero": 4.0, "piecio": 5.0,
}  # fmt: skip
_AMBIGUOUS = frozenset({"to", "ni", "ti", "et", "sei", "null", "pol", "once"})
"""Words that are numbers in one language and something else in another: only at once before a unit."""

_ALL = {**_WORDS, **_HALF_WORDS}
WORD = "|".join(
    sorted(
        (word.replace(" ", "[ -]") for word in (*_ALL, *_ARTICLES) if word not in _AMBIGUOUS),
        key=len,
        reverse=True,
    )
)
"""Every number word, as a pattern in lower case."""
_FRACTIONS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "¾": 0.75}
_FRACTION = r"(?:[.,]\d{1,2}(?![\d.,]\d)|\s?[½¼¾]|\s1/2)?"
_DIGITS = rf"(?<![\d$€£%#])(?<!\d[.,])\d{{1,2}}{_FRACTION}(?![\d%€])|½"
NUMBER = (
    rf"(?:{_DIGITS}|(?<![a-z])(?:{WORD})(?=[\s()\[\]+/-]|(?:years?|months?|yrs?|jahrig|jahres|jarig|letni"
    rf"|[åa]rig))"
    r"|(?<![a-z])(?:(?:to|et|ni|ti)(?=\s(?:års?|månede?r?s?)\b)|rocz(?=n[ae])|sei(?=\s(?:anni|mesi)\b)"
    r"|once(?=\s(?:anos|meses)\b)))"
)
"""A number in lower case; no capturing groups. Group it to read it with `value`."""
HALF_MORE = (
    r"(?:(?:\s|-)(?:and|und|et|y|e|i|en|og|och)\s(?:a\s|an\s|one\s|einem?\s|un\s|een\s)?(?:half|halben"
    r"|halbes|demie?|medio|media|meio"
    r"|meia|mezzo|halv|halvt|pol)\b)"
)
"""And a half, behind a number or behind its unit."""


def value(word: str) -> float:
    """Read what `NUMBER` found."""
    low = word.lower().strip()
    if low in _ARTICLES:
        return 1.0
    if (known := _ALL.get(low, _ALL.get(low.replace("-", " ")))) is not None:
        return known
    tail = low.lstrip("0123456789")
    fraction = _FRACTIONS.get(tail.strip())
    return float(low.replace(",", ".")) if fraction is None else float(low.removesuffix(tail) or 0) + fraction


def is_article(word: str) -> bool:
    """Return whether a number is only an English article."""
    return word.lower() in _ARTICLES
