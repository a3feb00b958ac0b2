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
    ],
)  # fmt: skip
def test_the_title_is_the_job_s_alone(name: str, headings: tuple[str, ...], title: str) -> None:
    url = "https://www.acme.example/careers/x1"
    page = PageRead(url, url, 200, name, "\n".join((*headings, BODY)), headings=headings)

    assert job_post(page).title == title
