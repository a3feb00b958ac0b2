"""Kinds of wording that were once read wrong on posts that nobody had tuned for, each both ways, in every language."""

from __future__ import annotations

from jpt.extract.experience import experience
from tests.table import each_row

AROUND = (
    "We keep the books of bakeries and shops, and we look for you: you will have skills of all kinds here.\n\n"
)

PAY: list[tuple[str, int | None]] = [
    ("Salary range for 3 years of experience: $90,000", None),
    ("Salary with 5 years of experience: $85,000 - $95,000", None),
    ("Starting pay with 5 years of experience is $30/hr.", None),
    ("A nurse with 4 years of experience earns $80,000 here.", None),
    ("Gehalt bei 3 Jahren Erfahrung: 60.000 €", None),
    ("Gehalt mit 5 Jahren Berufserfahrung: ab 65.000 Euro", None),
    ("Salaire pour 3 ans d'expérience : 45 000 €", None),
    ("Salaire avec 5 ans d'expérience : 50 k€", None),
    ("Salario para 3 años de experiencia: 30.000 €", None),
    ("Sueldo con 2 años de experiencia: 28.000 €", None),
    ("Salaris bij 3 jaar ervaring: € 4.000", None),
    ("Retribuzione con 3 anni di esperienza: 35.000 €", None),
    ("Salário com 3 anos de experiência: R$ 8.000", None),
    ("Lön med 3 års erfarenhet: 40 000 kr", None),
    ("Løn ved 3 års erfaring: 40.000 kr", None),
    ("Wynagrodzenie przy 3 latach doświadczenia: 12 000 zł", None),
    ("The hourly rate for candidates with 3 years of experience is $40.", None),
    ("Example: with 6 years of experience the salary is £50,000.", None),
    ("Salary: $90,000. 3 years of experience required.", 3),
    ("Salary depends on experience; 3 years of experience are required.", 3),
    ("You bring 3 years of experience in payroll: $2m a month is what we pay out.", 3),
    ("3 years of experience in salary accounting", 3),
    ("Gehalt: 60.000 €, 3 Jahre Erfahrung erforderlich.", 3),
    ("3 years of experience with pay and rates is required", 3),
    ("Requirements: 3 years of experience\nSalary: $90,000", 3),
]


@each_row(("said", "years"), PAY)
def test_the_years_that_a_pay_is_for_are_not_asked(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years


LEAST_AND_MOST: list[tuple[str, int | None]] = [
    ("Min Exp 3 Max Exp 6 years", 3),
    ("Minimum experience: 3 Maximum experience: 6 years", 3),
    ("Experience: Min 2 Max 5 yrs", 2),
    ("Exp: min. 3 - max. 6 years", 3),
    ("Erfahrung: mind. 3, max. 6 Jahre", 3),
    ("Expérience : min 3 max 6 ans", 3),
    ("Experiencia: mín. 2 máx. 4 años", 2),
    ("Ervaring: minimaal 3, maximaal 6 jaar", 3),
    ("Esperienza: minimo 3 massimo 6 anni", 3),
    ("Experiência: mínimo 3 máximo 6 anos", 3),
    ("Min. experience 3 years, max. experience 6 years", 3),
    ("Erfarenhet: minst 3, högst 6 år", 3),
    ("Doświadczenie: minimum 3, maksimum 6 lat", 3),
    ("Min Exp: 3 Yrs Max Exp: 6 Yrs", 3),
    ("Experience: 6 years", 6),
]


@each_row(("said", "years"), LEAST_AND_MOST)
def test_of_a_least_and_a_most_the_least_counts(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years


SOMEONE_WITH: list[tuple[str, int | None]] = [
    ("Established accountant with 7 years", 7),
    ("Experienced accountant with 5 years in practice", 5),
    ("Seasoned engineer with 7+ years", 7),
    ("Qualified accountant with 4 years", 4),
    ("An established sales manager with 6 years in retail", 6),
    ("Erfahrene Buchhalterin mit 5 Jahren Praxis", 5),
    ("Comptable confirmé avec 5 ans", 5),
    ("Contable consolidado con 7 años", 7),
    ("Ervaren boekhouder met 7 jaar", 7),
    ("We are an established accountant with 7 years in business.", None),
    ("An established firm with 7 years of growth", None),
    ("Established company with 7 years in the market", None),
    ("Established in 2010, with 7 years in this city, we are known.", None),
]


@each_row(("said", "years"), SOMEONE_WITH)
def test_someone_established_with_so_many_years_is_asked_for(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years


REPLACED: list[tuple[str, int | None]] = [
    ("Requirements\nHbo-diploma of 4 jaar ervaring", None),
    ("Requirements\nEen afgeronde hbo-opleiding of minimaal 4 jaar werkervaring", None),
    ("Requirements\nMbo-niveau of 3 jaar relevante ervaring", None),
    ("Functie-eisen\nHbo werk- en denkniveau, of 5 jaar werkervaring", None),
    ("Functie-eisen\nHbo-diploma en 4 jaar ervaring", 4),
    ("Functie-eisen\nHbo of wo, 4 jaar ervaring", 4),
    ("Functie-eisen\nEen opleiding hbo of wo met 3 jaar ervaring", 3),
    ("Functie-eisen\n3 of 4 jaar ervaring", 3),
    ("Functie-eisen\nMinimaal 2 jaar ervaring als kok of bakker", 2),
    ("Requirements\nAbschluss oder 4 Jahre Erfahrung", None),
    ("Requirements\nDiplôme ou 4 ans d'expérience", None),
    ("Requirements\nTitulación o 4 años de experiencia", None),
    ("Requirements\nLaurea o 4 anni di esperienza", None),
    ("Requirements\nDiploma ou 4 anos de experiência", None),
    ("Requirements\nUtbildning eller 4 års erfarenhet", None),
    ("Requirements\nUddannelse eller 4 års erfaring", None),
    ("Requirements\nWykształcenie lub 4 lata doświadczenia", None),
]


@each_row(("said", "years"), REPLACED)
def test_years_that_stand_in_for_a_degree_do_not_count_in_any_language(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years


UNSEEN: list[tuple[str, int | None]] = [
    ("Preferred\xe2\x80\xaf2+ years previous experience in care", None),
    ("Requirements\n3â€“5 years of experience", 3),
    ("Requirements\n3\xe2\x80\x935 years of experience", 3),
    ("Requisitos\n3 aÃ±os de experiencia", 3),
    ("Profil\n3 annÃ©es dâ€™expÃ©rience", 3),
    ("Requirements\n5\xc2\xa0years of experience", 5),
    ("We have >5 years of runway and are growing.", None),
    ("We have 3 years of funding.", None),
    ("Requirements\n3 years of partnership management experience", 3),
    ("Empresa de ámbito nacional precisa jefe de obra con más de 10 años de experiencia.", 10),
    ("Our company is looking for a cook with over 10 years of experience.", 10),
    ("Unser Unternehmen sucht einen Koch mit mehr als 10 Jahren Erfahrung.", 10),
    ("Notre entreprise recherche un cuisinier avec plus de 10 ans d'expérience.", 10),
    ("Ons bedrijf zoekt een kok met meer dan 10 jaar ervaring.", 10),
    ("La nostra azienda cerca un cuoco con oltre 10 anni di esperienza.", 10),
    ("Nossa empresa procura um cozinheiro com mais de 10 anos de experiência.", 10),
    ("Vårt företag söker en kock med mer än 10 års erfarenhet.", 10),
    ("Vores virksomhed søger en kok med mere end 10 års erfaring.", 10),
    ("Nasza firma poszukuje kucharza z ponad 10 letnim doświadczeniem.", 10),
    ("Empresa con más de 10 años de experiencia busca jefe de obra.", None),
    ("With over 10 years of experience our company is looking for a cook.", None),
    ("Unser Unternehmen mit mehr als 10 Jahren Erfahrung sucht einen Koch.", None),
    ("Notre entreprise, forte de plus de 10 ans d'expérience, recherche un cuisinier.", None),
    ("Three (or more) years of experience", 3),
    ("3 (or more) years of experience", 3),
    ("5 (oder mehr) Jahre Erfahrung", 5),
    ("5 (ou plus) années d'expérience", 5),
    ("at least 9 or plus years of specific experience", 9),
    ("5 and above years of experience", 5),
    ("5 & above years of experience", 5),
    ("18 mnths of wrk exp in reporting", 1),
    ("Experiencia al menos de 2 años", 2),
    ("Con experiencia de por lo menos de 3 años", 3),
    ("Experiência de pelo menos de 2 anos", 2),
    ("Expérience d'au moins de 3 ans", 3),
    ("Experiencia de menos de 2 años", 0),
    ("No menos de 2 años de experiencia", 2),
    ("Jefe de obra con más de 5 años de experiencia, muy valorable trabajos con la administración", 5),
    ("Requisitos\n3 años de experiencia, valorable en hostelería", 3),
    ("Requisitos\n3 años de experiencia, valorable", None),
    ("Requisitos\n3 años de experiencia, deseable inglés", 3),
    ("Requisiti\n3 anni di esperienza, gradita conoscenza dell'inglese", 3),
    ("Requisiti\n3 anni di esperienza, graditi", None),
    ("Krav\n3 års erfarenhet, meriterande med körkort", 3),
    ("Krav\n3 års erfarenhet är meriterande", None),
    ("Wymagania\n3 lata doświadczenia, mile widziany język angielski", 3),
    ("Wymagania\n3 lata doświadczenia, mile widziane", None),
    ("Requisitos\n3 anos de experiência, desejável inglês", 3),
    ("Preferred\nQualifications:\n5 years of relevant experience", None),
    ("Preferred\nSkills\n5 years of experience in tax", None),
    ("Desired\nExperience:\n- 5 years of experience in tax", None),
    ("Required\nQualifications:\n5 years of relevant experience", 5),
    ("Preferred\nA cat\n\nQualifications:\n5 years of relevant experience", 5),
]


@each_row(("said", "years"), UNSEEN)
def test_kinds_found_on_unseen_posts(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years


OTHERS: list[tuple[str, int | None]] = [
    ("Solicitor\nWe would like to hear from solicitors with between 1 and 4 years' PQE.", 1),
    ("We welcome cooks with over 3 years of experience.", 3),
    ("We have been cooking with over 30 years of experience.", None),
    ("Vous avez moins de 30 ans.", None),
    ("Tienes menos de 30 años.", None),
    ("Hai meno di 29 anni.", None),
    ("Du bist unter 30 Jahren.", None),
    ("Je bent ouder dan 18 jaar.", None),
    ("Vous avez moins de 3 ans d'expérience.", 0),
    ("Vous avez entre 18 et 30 ans.", None),
    ("Das bringen Sie mit: Ausbildung als Elektroniker (3,5 Jahre), wenigstens 4 Jahre Praxiserfahrung.", 4),
    ("Ausbildung zum Koch (3 Jahre) und 2 Jahre Berufserfahrung", 2),
    ("Head Gardener\nYou will bring a minimum of five years' experience in gardens.", 5),
    ("Head gardener: you will bring a minimum of five years' experience in gardens.", 5),
    ("You will learn from a head gardener who brings 20 years of experience.", None),
    ("Candidates must have practised for 3 years post residency.", 3),
    ("A 3-year residency programme", None),
    ("Mandatory skills: ABAP | Exp: 12+ yrs | Notice: 15 days | Contract: 6 months", 12),
    ("Exp: 4+ yrs | Contract duration: 12 months | Remote", 4),
    ("Tier 3 roles are typically 5-10 y/o/e.", 5),
    ("Requirements\n4+ y.o.e. in Rust", 4),
    ("Functie-eisen\nHeeft ervaring in een vergelijkbare rol (2jr)", 2),
    ("Functie-eisen\nMinimaal 3 jr. ervaring als kok", 3),
    ("Anforderungen\nmind. 3 J. Berufserfahrung", 3),
    ("We look for 2 Jr. developers.", None),
    ("Breng jij mee:\nEen aantal jaar ervaring in een IT-rol, waarvan 2 jaar met Entra", 2),
    ("Requirements\nA few years of experience, of which 2 in management", 2),
    ("Requirements\nA number of years of experience, including at least 2 years abroad", 2),
    ("Requirements\n5 years of experience, of which 2 years in management", 5),
    ("We're looking for engineers that have 3-5 years of experience in software.", 3),
    ("I'm looking for a cook that has 3 years of experience.", 3),
    ("We are currently hiring people that have over 10 years of experience.", 10),
]


@each_row(("said", "years"), OTHERS)
def test_kinds_found_on_posts_of_our_own(said: str, years: int | None) -> None:
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")

    assert (read.min_years if read.stated else None) == years
