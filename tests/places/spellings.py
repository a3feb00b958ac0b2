"""Places as lists of jobs write them, in sixty spellings, each with whether it is in Germany. Our own words."""

from __future__ import annotations

GERMAN = {
    "Munich": "Bavaria",
    "München": "Bayern",
    "Muenchen": "Bayern",
    "Berlin": "Berlin",
    "Hamburg": "Hamburg",
    "Cologne": "North Rhine-Westphalia",
    "Köln": "NRW",
    "Düsseldorf": "Nordrhein-Westfalen",
    "Frankfurt am Main": "Hessen",
    "Nürnberg": "Bayern",
    "Leipzig": "Sachsen",
    "Halle (Saale)": "Sachsen-Anhalt",
    "Stuttgart": "Baden-Württemberg",
    "Bremen": "Bremen",
    "Dresden": "Saxony",
}
"""Cities with their states, in German and in English."""
ABROAD = {
    "Vienna": ("Vienna", "Austria", "AT"),
    "Zürich": ("Zürich", "Switzerland", "CH"),
    "London": ("England", "United Kingdom", "UK"),
    "Paris": ("Île-de-France", "France", "FR"),
    "Amsterdam": ("Noord-Holland", "Netherlands", "NL"),
    "Madrid": ("Madrid", "Spain", "ES"),
    "Warsaw": ("Mazowieckie", "Poland", "PL"),
    "New York": ("New York", "United States", "US"),
    "Toronto": ("Ontario", "Canada", "CA"),
    "Bengaluru": ("Karnataka", "India", "IN"),
    "Rome": ("Lazio", "Italy", "IT"),
    "Stockholm": ("Stockholm", "Sweden", "SE"),
}
"""Cities with their regions, countries and codes."""
CITY = (
    "{city}", "{city} (Hybrid)", "Hybrid - {city}", "{city}, {country}", "{city}, {code}", "{code}-{city}",
    "{country} - {city}", "{city} / Remote", "{city}, {region}, {country}", "{city} office", "{city} HQ",
    "{city}; {city}", "{city}, {region}", "Remote in {country}", "Remote ({country})", "{country} (Remote)",
    "Remote - {country}", "Home office within {country}", "{country}", "{city} or remote in {country}",
)  # fmt: skip
"""Twenty spellings for each city."""
ODD = {
    "NRW": True, "Bayern": True, "Baden-Württemberg": True, "Rhein-Main, Hessen": True, "DE-80331 München": True,
    "10117 Berlin": True, "Friedrichstraße 12, 10117 Berlin": True, "Berlin-Mitte": True, "Großraum Stuttgart": True,
    "Frankfurt/Main": True, "Frankfurt a.M.": True, "Deutschland": True, "Deutschlandweit": True, "bundesweit": True,
    "Germany, Austria or Switzerland": True, "DACH": True, "Remote - EMEA": True, "Remote (EU)": True, "Europe": True,
    "Vienna; Hamburg": True, "London / Berlin / Paris": True, "Allemagne": True, "Alemania": True, "Duitsland": True,
    "ドイツ": True, "München, Bayern, Deutschland": True, "Remote": True, "": True, "Kleinkleckersdorf": True,
    "Paris, TX": False, "Berlin, CT": False, "Hamburg, NY": False, "Frankfort, KY": False, "Germantown, MD": False,
    "Dresden, Ontario": False, "Bremen, GA": False, "UK-London": False, "London, ON": False, "Remote - US": False,
    "Remote, Canada": False, "LATAM": False, "APAC": False, "US Remote": False, "San Francisco, CA / New York, NY": False,
    "Boston, MA 02110": False, "1012 AB Amsterdam": False, "Cambridge": False, "England": False, "Nordics": False,
    "Benelux": False, "UK & Ireland": False, "Anywhere in the United States": False, "Oregon": False,
    "Greater London": False, "Île-de-France": False, "東京": False, "Dublin or Cork": False, "Österreich": False,
}  # fmt: skip
"""Further spellings; what nobody knows counts as kept."""


def spelt() -> dict[str, bool]:
    """Give each spelling with whether a search for Germany keeps it."""
    found = {}
    for city, region in GERMAN.items():
        for form in CITY:
            found[form.format(city=city, region=region, country="Germany", code="DE")] = True
    for city, (region, country, code) in ABROAD.items():
        for form in CITY:
            found[form.format(city=city, region=region, country=country, code=code)] = form == "{city} / Remote"
    return {**found, **ODD}
