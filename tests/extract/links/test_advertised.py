"""How many jobs a page says there are, and what is no such count."""

from jpt.extract.links import advertised_pages, advertised_total
from jpt.extract.listing import judged
from jpt.models.pages import Anchor, Cut, PageRead, Partial
from tests.table import each_row


@each_row(
    ("text", "total"),
    [
        ("1-20 of 143", 143),
        ("1–20 of 1,143 jobs", 1143),
        ("143 open roles", 143),
        ("Showing 20 of 143", 143),
        ("Viewing 1-10 out of 57", 57),
        ("Es wurden 143 Stellen gefunden", 143),
        ("57 offene Positionen", 57),
        ("Anzahl Stellen: 57", 57),
        ("Résultats 1 à 10 sur 57", 57),
        ("57 postes à pourvoir", 57),
        ("Mostrando 10 de 57 ofertas", 57),
        ("57 posizioni aperte", 57),
        ("1 - 10 van 57 vacatures", 57),
        ("57 vagas encontradas", 57),
        ("Znaleziono 57 ofert pracy", 57),
        ("Open positions (57)", 57),
        ("全57件", 57),
        ("1 open position", 1),
        ("23 open positions\nEngineering\n12 jobs\nSales\n8 jobs\nOps\n3 jobs", 23),
        ("Filter by team\nBerlin (3)\n143 results", 143),
    ],
)
def test_a_stated_total_is_read(text: str, total: int) -> None:
    assert advertised_total(text) == total


@each_row(
    "text",
    [
        "Page 1 of 8",
        "Engineering 12 jobs\nSales 8 jobs\nOps 3 jobs",
        "Engineering\n12 jobs\nSales\n8 jobs\nOps\n3 jobs\nLegal\n4 jobs",
        "Engineering (12)\nSales (8)",
        "5 new jobs this week",
        "3 similar jobs",
        "Load 5 more jobs",
        "Join 500 people in 12 offices",
    ],
)
def test_counts_of_parts_are_no_total(text: str) -> None:
    assert advertised_total(text) is None


@each_row(
    ("text", "total"),
    [
        ("166 trabajos encontrados para ti", 166),
        ("3 de 166 trabajos vistos", 166),
        ("57 lediga jobb", 57),
        ("57 avointa työpaikkaa", 57),
        ("57 volných pozic", 57),
        ("57 вакансий", 57),
        ("57 việc làm", 57),
        ("57 açık pozisyon", 57),
        ("57 locuri de muncă", 57),
        ("57 θέσεις εργασίας", 57),
        ("57 lowongan", 57),
        ("Hemos encontrado 57 ofertas", 57),
        ("Antal annonser: 57", 57),
        ("Löytyi 57 työpaikkaa", 57),
        ("Avoimet työpaikat (57)", 57),
        ("Nalezeno 57 pozic", 57),
        ("Всего вакансий: 57", 57),
        ("Tìm thấy 57 việc làm", 57),
        ("Toplam 57 ilan", 57),
        ("Am găsit 57 de joburi", 57),
        ("Βρέθηκαν 57 θέσεις", 57),
        ("Leitud 57 tööpakkumist", 57),
        ("57 nyitott pozíció", 57),
        ("Liczba ofert: 57", 57),
    ],
)
def test_a_total_in_many_languages(text: str, total: int) -> None:
    assert advertised_total(text) == total


@each_row(
    "text",
    [
        "Our 45 vacancies last year drew 900 people.",
        "Up to 6 doctoral positions in Economics",
        "At least 5 positions",
        "Jobs: 2024",
        "2024 positions",
        "Page 1 of 29",
        "Sida 1 av 29",
        "Страница 1 из 29",
        "3 liknande jobb",
        "1 of 29 pages",
    ],
)
def test_prose_titles_and_years_are_no_totals(text: str) -> None:
    assert advertised_total(text) is None


def test_a_number_in_a_title_of_the_list_is_no_total() -> None:
    text = "Open positions\n3 postdoc positions in weaving\nWeaver"

    assert advertised_total(text, {"3 postdoc positions in weaving", "Weaver"}) is None


@each_row(
    ("text", "pages"),
    [
        ("Page 1 of 29", 29),
        ("Showing page 1 of 29", 29),
        ("Seite 1 von 29", 29),
        ("Sivu 1/29", 29),
        ("Страница 1 из 29", 29),
        ("第1页 共29页", 29),
        ("1/29ページ", 29),
        ("1 of 29 pages", 29),
        ("Page 1 of 1", None),
        ("1-20 of 29", None),
        ("Page 1 of 29 of a report on all that we did for the town in the last year", None),
    ],
)
def test_a_pager_that_names_its_pages_is_read(text: str, pages: int | None) -> None:
    assert advertised_pages(text) == pages


def paged(*, turned: int, text: str = "Open positions\nPage 1 of 3") -> Partial | None:
    names = ("loom-fitter-4101", "night-porter-4102", "payroll-clerk-4103")
    anchors = tuple(
        Anchor(f"https://a.example/jobs/{name}", name[:-5].replace("-", " ").title()) for name in names
    )
    page = PageRead("https://a.example/jobs", "https://a.example/jobs", 200, "Jobs", text, anchors, turned=turned)
    return judged(page, page.url).partial


def test_pages_that_were_not_turned_are_said() -> None:
    assert paged(turned=1) == Partial(3, None, Cut("unturned", limit=3, page=1))
    assert paged(turned=1, text="12 open positions\nPage 1 of 3") == Partial(
        3, 12, Cut("unturned", limit=3, page=1)
    )


def test_a_list_that_was_turned_through_or_shows_all_that_it_counts_is_whole() -> None:
    assert paged(turned=3) is None
    assert paged(turned=1, text="3 open positions\nPage 1 of 3") is None
