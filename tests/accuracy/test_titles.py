"""Titles read off pages whose names, headings and addresses say them in many ways."""

from __future__ import annotations

from jpt.extract.post import job_post
from jpt.models.pages import PageRead
from tests.table import each_row

BODY = "What you will do\nBuild things.\nRequirements\n2 years of experience in things.\nApply now\n"


@each_row(
    ("name", "headings", "title"),
    [
        ("Firmware Engineer | Tarnworks", ("Careers", "Firmware Engineer"), "Firmware Engineer"),
        ("Careers at Tarnworks", ("Firmware Engineer", "Careers at Tarnworks"), "Firmware Engineer"),
        ("Tarnworks - Careers - Firmware Engineer", (), "Firmware Engineer"),
        ("Firmware Engineer - Tarnworks - Careers", (), "Firmware Engineer"),
        ("Jobs | Globex | Nurse (Night Shift)", (), "Nurse (Night Shift)"),
        ("We use cookies", ("We value your privacy", "Underwriting Lead"), "Underwriting Lead"),
        ("Job Application for Product Manager, Risk at Meridian", (), "Product Manager, Risk"),
        ("R-10442 Data Analyst | Globex", ("R-10442 Data Analyst",), "Data Analyst"),
        ("Globex", ("Data Analyst (R-10442)",), "Data Analyst"),
        ("Globex", ("Legal Secretary - Ref. 24119",), "Legal Secretary"),
        ("Globex", ("Laborleiter (m/w/d), Kennziffer 21/2024",), "Laborleiter (m/w/d)"),
        ("Globex", ("Engineer 2 (K8s in GCP)",), "Engineer 2 (K8s in GCP)"),
        ("Globex", ("Java Developer (Java 17)",), "Java Developer (Java 17)"),
        ("Globex", ("SAP S4-HANA Consultant",), "SAP S4-HANA Consultant"),
        ("Stellenausschreibung: Sekretariat (m/w/d) | Uni Waldau", ("Sekretariat (m/w/d)",), "Sekretariat (m/w/d)"),
        ("Lærling i møbelsnekring | Fjellbygg", ("Lærling i møbelsnekring", "Om stillingen"), "Lærling i møbelsnekring"),
        ("Vaga: Analista Pleno - Cajuína", ("Analista Pleno",), "Analista Pleno"),
        ("【東京】SRE - 株式会社ウミカゼ", ("【東京】SRE",), "【東京】SRE"),
        ("Adviseur waterkwaliteit - Rijnhof", ("Adviseur waterkwaliteit", "Over ons"), "Adviseur waterkwaliteit"),
        ("Chef de projet - Offre d'emploi - Globex", ("Chef de projet",), "Chef de projet"),
        ("Program Management - Principal Program Manager", ("Program Management - Principal Program Manager",),
         "Program Management - Principal Program Manager"),
        ("Tuyển dụng kế toán trưởng", ("Tuyển dụng kế toán trưởng",), "kế toán trưởng"),
        ("営業職募集 - 株式会社ウミカゼ", ("営業職募集", "募集要項"), "営業職"),
        ("【採用情報】業務アシスタント | ウミカゼ", ("採用情報",), "業務アシスタント"),
        ("Gezocht: Fysiotherapeut(e) | Rijnhof", ("Gezocht: Fysiotherapeut(e)",), "Fysiotherapeut(e)"),
        ("Tarnworks", ("Mitarbeiter*in in der Spulerei (ab sofort)",), "Mitarbeiter*in in der Spulerei"),
        ("Tarnworks | Carreras - Partner Manager", (), "Partner Manager"),
    ],
)  # fmt: skip
def test_the_title_is_the_job_s_alone(name: str, headings: tuple[str, ...], title: str) -> None:
    url = "https://www.acme.example/careers/x1"
    page = PageRead(url, url, 200, name, "\n".join((*headings, BODY)), headings=headings)

    assert job_post(page).title == title


@each_row(
    ("slug", "name", "heading", "title"),
    [
        ("vp-engineering.html", "VP Engineering | Tarnworks", "VP Engineering - NYC", "VP Engineering"),
        ("scrum-master/", "Tarnworks", "Scrum Master @ Brussels / Mechelen", "Scrum Master"),
        ("x1", "Tarnworks", "VP Engineering - NYC", "VP Engineering - NYC"),
        ("scrum-master/", "Tarnworks", "Scrum Master - Payments", "Scrum Master - Payments"),
        ("loom-engineer/", "Tarnworks", "Loom Engineer (India)", "Loom Engineer (India)"),
    ],
)
def test_a_place_behind_a_title_goes_where_name_or_address_leave_it_out(
    slug: str, name: str, heading: str, title: str
) -> None:
    url = f"https://www.acme.example/careers/{slug}"

    assert job_post(PageRead(url, url, 200, name, f"{heading}\n{BODY}", headings=(heading,))).title == title


@each_row(
    ("slug", "name", "headings", "top", "title"),
    [
        ("ai-team-lead.html", "Tarnworks", ("Join our team",), "AI Team Lead", "AI Team Lead"),
        ("ai-&-data-engineer.html", "Tarnworks", ("Join us",), "AI & Data Engineer (Rust)", "AI & Data Engineer (Rust)"),
        ("subject_life.html", "研涂科技 - YanTu", (), "生命科学视图工程师\n上海 全职", "生命科学视图工程师"),
        ("4262/job", "Tarnworks.com :: Careers - CCC", ("Careers",), "QA Packaging Engineer\nJob ID:\t4262",
         "QA Packaging Engineer"),
        ("x.html", "ウミカゼ", (), "募集職種\tシステムエンジニア\n勤務地\t東京", "システムエンジニア"),
        ("x.html", "Growth", (), "Growth", "Growth"),
        ("x.html", "Growth", ("Growth",), "You meet a Sales Manager", "Growth"),
    ],
)  # fmt: skip
def test_a_line_names_the_job_where_the_page_is_called_by_its_site(
    slug: str, name: str, headings: tuple[str, ...], top: str, title: str
) -> None:
    url = f"https://www.acme.example/careers/{slug}"
    page = PageRead(url, url, 200, name, "\n".join((*headings, top, BODY)), headings=headings)

    assert job_post(page).title == title


def test_a_declared_title_is_written_as_the_page_shows_it() -> None:
    url = "https://www.acme.example/careers/x1"
    declared = ('{"@type": "JobPosting", "title": "Loom Lead - Night"}',)
    page = PageRead(
        url, url, 200, "Tarnworks", f"Loom Lead – Night\n{BODY}", headings=("Loom Lead – Night",), json_ld=declared
    )

    assert job_post(page).title == "Loom Lead – Night"


def test_a_declared_title_keeps_the_spaces_that_its_heading_lost() -> None:
    url = "https://www.acme.example/careers/x1"
    declared = ('{"@type": "JobPosting", "title": "Loom Lead"}',)
    page = PageRead(url, url, 200, "Tarnworks", f"LoomLead\n{BODY}", headings=("LoomLead",), json_ld=declared)

    assert job_post(page).title == "Loom Lead"


@each_row(
    ("slug", "name", "title"),
    [
        ("night-loom-lead.html", "Night Loom Lead", "Night Loom Lead"),
        ("x1", "Night Loom Lead", "Cloth Buyer"),
        ("night-loom-lead.html", "Tarnworks", "Cloth Buyer"),
    ],
)
def test_data_that_were_copied_from_another_post_name_no_job(slug: str, name: str, title: str) -> None:
    declared = ('{"@type": "JobPosting", "title": "Cloth Buyer"}',)
    url = f"https://www.acme.example/careers/{slug}"
    text = f"Night Loom Lead\n{BODY}"
    page = PageRead(url, url, 200, name, text, headings=("Night Loom Lead",), json_ld=declared)

    assert job_post(page).title == title


def test_the_dash_of_a_title_is_that_which_people_see() -> None:
    url, shown = "https://www.acme.example/careers/x1", "Content Manager – Loom news"
    meta = {"og:title": "Content Manager - Loom news"}
    page = PageRead(url, url, 200, "Tarnworks", f"{shown}\n{BODY}", headings=("Benefits",), meta=meta)

    assert job_post(page).title == shown


@each_row(
    ("heading", "name", "title"),
    [
        ("G10002-Loom Analyst", "Loom Analyst | Tarnworks", "Loom Analyst"),
        ("LoomCamp:Loom Analyst", "Loom Analyst | Work with us", "Loom Analyst"),
        ("G10002-Loom Analyst", "Tarnworks", "G10002-Loom Analyst"),
        ("Intern:Loom Analyst", "Loom Analyst | Tarnworks", "Intern:Loom Analyst"),
        ("Senior-Loom Analyst", "Loom Analyst | Tarnworks", "Senior-Loom Analyst"),
    ],
)
def test_a_code_or_name_before_a_title_goes_where_the_page_leaves_it_out(
    heading: str, name: str, title: str
) -> None:
    url = "https://www.acme.example/careers/x1"

    assert job_post(PageRead(url, url, 200, name, f"{heading}\n{BODY}", headings=(heading,))).title == title


@each_row(
    ("line", "title"),
    [
        ("Director of Looms -\nNight Shift", "Director of Looms - Night Shift"),
        ("Director of Looms\nNight Shift", "Director of Looms"),
        ("Wir suchen ein/e Weber/in", "Weber/in"),
        ("Wir suchen eine(n) Webereileiter (m/w/d)", "Webereileiter (m/w/d)"),
    ],
)
def test_a_heading_of_two_lines_is_cut_only_where_the_first_is_whole(line: str, title: str) -> None:
    url, heading = "https://www.acme.example/careers/x1", " ".join(line.split())

    assert job_post(PageRead(url, url, 200, "Tarnworks", f"{line}\n{BODY}", headings=(heading,))).title == title
