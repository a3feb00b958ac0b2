"""Kinds of wording that first-sight draws found, each both ways; the sentences are our own."""

from __future__ import annotations

from jpt.extract.experience import experience

AROUND = (
    "We keep the books of bakeries and shops, and we look for you: you will have skills of all kinds here.\n\n"
)


def years(said: str) -> int | None:
    """Give what is read of a post that says this among other things; None where it states nothing."""
    read = experience(f"Accountant\n{AROUND}{said}\n{AROUND * 4}")
    return read.min_years if read.stated else None


def check(cases: dict[str, int | None]) -> None:
    assert {said: years(said) for said in cases} == cases


def test_a_least_beside_what_is_ideal_counts() -> None:
    check(
        {
            "Experience: ideally 5 years but no less than 2": 2,
            "Ideally 5 but no less than 2 years of experience": 2,
            "5 years of experience ideally, at least 2": 2,
            "Preferably 5 years of experience (minimum 2)": 2,
            "5+ years of experience preferred, 2 minimum": 2,
            "5 years of experience preferred, minimum of 2 required": 2,
            "5 years of experience preferred but 2 years is the minimum": 2,
            "Idealerweise 5 Jahre Erfahrung, mindestens aber 2": 2,
            "Idealerweise 5, mindestens aber 2 Jahre Erfahrung": 2,
            "Idéalement 5 ans d'expérience, mais pas moins de 2": 2,
            "Idealmente 5 años de experiencia, mínimo 2": 2,
            "Bij voorkeur 5 jaar ervaring, maar minstens 2": 2,
            "Idealmente 5 anni di esperienza, ma almeno 2": 2,
            "De preferência 5 anos de experiência, mas no mínimo 2": 2,
            "Helst 5 års erfarenhet, men minst 2": 2,
            "Helst 5 års erfaring, men mindst 2": 2,
            "Najlepiej 5 lat doświadczenia, ale co najmniej 2": 2,
            "Ideally 5 years of experience and at least 2 languages": None,
            "Ideally 5 years of experience, minimum 2 references": None,
            "Idealerweise 5 Jahre Erfahrung und mindestens 2 Sprachen": None,
            "5 years of experience, at least 2 in tax": 5,
            "5 years of experience, ideally in tax": 5,
        }
    )


def test_a_least_after_plus_is_no_preference() -> None:
    check(
        {
            "Must have: a degree in law, plus at least 3 years of experience as a clerk": 3,
            "You are great at sales and have 3 years of experience": 3,
            "It would be a plus if you had 3 years of experience.": None,
            "Det er et plus, at du har 3 års erfaring.": None,
        }
    )


def test_a_verdict_behind_a_dash_is_of_what_follows_it() -> None:
    check(
        {
            "We expect: Minimum 1 year of experience in a shop, Higher education or the last years of studies - preferred IT or technical faculties": 1,
            "We expect: Minimum 1 year of experience in a shop - preferred": None,
            "Minimum of 2 years of work in a bakery with its shops and their cellars ~ preferred": None,
        }
    )


def test_a_degree_that_stands_in_for_experience_leaves_it_asked_for() -> None:
    check(
        {
            "Requirements\n- Three (3) to five (5) years of relevant experience, and/or an advanced degree, such as"
            " an MS, may be substituted for work experience": 3,
            "Requirements\n- 3 years of experience or a master's degree in place of experience": 3,
            "Requirements\n- 3 years of experience or a master's degree": None,
            "Requirements\n- A bachelor's degree; 3 years of experience may be substituted for the degree": None,
        }
    )


def test_a_word_in_brackets_between_number_and_unit_is_read_over() -> None:
    check(
        {
            "Requirements\n- At least 5 (7+ preferred) years of experience in tax": 5,
            "Requirements\n- At least 12 (MS) or 8 (PhD) years of experience": 8,
            "Requirements\n- Skill level 5+ (senior) years of related experience": 5,
            "Anforderungen\n- Mindestens 5 (gerne 7) Jahre Erfahrung": 5,
            "A 1 (initial) year contract": None,
        }
    )


def test_how_long_a_post_lasts_or_a_paper_is_kept_is_not_asked() -> None:
    check(
        {
            "Je neemt gedurende een jaar de taken over van een collega.": None,
            "Wij zoeken een ervaren kok die voor ongeveer 3 maanden de klant helpt.": None,
            "Functie-eisen\n6 maanden - 36 uur - 1.00 fte": None,
            "Je stukken worden uiterlijk drie maanden na afronding van de procedure vernietigd.": None,
            "Buscamos un cocinero para 3 meses con posibilidad real de incorporación.": None,
            "Requisitos\nContrato temporal (aprox. 3 meses) a 24 h": None,
            "Wir suchen einen Koch, der uns für rund 3 Monate hilft.": None,
            "Nous cherchons un cuisinier pour 3 mois avec possibilité de prolongation.": None,
            "Cerchiamo un cuoco per 3 mesi con possibilità di proroga.": None,
            "Functie-eisen\n- Minimaal 6 maanden ervaring": 0,
            "Heb jij de afgelopen 2-5 jaar gewerkt als kok?": 2,
            "Have you worked as a cook for the last 3 years?": 3,
            "Over the past 3 years we have grown a lot.": None,
            "In den letzten 3 Jahren haben wir viel gearbeitet.": None,
        }
    )


def test_years_of_the_writer_or_the_firm_are_not_asked() -> None:
    check(
        {
            "I lead the team here and previously spent ~6 years in a similar role.": None,
            "Hi, I'm Ann, a developer with around four years of experience in design.": None,
            "I am looking for a cook with 4 years of experience.": 4,
            "7 consecutive years named best bakery, with experience": None,
            "7 consecutive years of experience in a bakery are required": 7,
            "Our client has a great opportunity for an accountant with 5+ years of experience, including 2 in tax": 5,
            "Our client has 15 years of experience": None,
        }
    )


def test_other_kinds_of_first_sight() -> None:
    check(
        {
            "Our requirements: Work in a similar position minimum 2-3 years, a school diploma": 2,
            "Experiencia en el puesto de mínimo 10 an~os": 10,
            "Cuando tengas experiencia demostrable de 2-3 años podrás recibir un salario de 3.200 €.": None,
            "Experience required: a degree, or equivalent work experience 7 plus years of relevant experience": 7,
            "Requirements\n- A degree or equivalent experience of 7 years": None,
            "5 to 7 years of experience as a baker.\nSl.No\n\nSkill\n\nYears of Experience\n\n1\n\n2\n\n3\n": 5,
            "Years of experience\n3\nPlace\nOslo": 3,
        }
    )


def test_merits_are_preferred_and_a_heading_not_understood_is_doubted() -> None:
    asked = "Requirements:\n- 3 years of experience in tax\n\n{}:\n- 1 year of experience in law\n"
    check(
        {
            "REQUISITOS:\n· 3 años de experiencia en ventas\n\nMÉRITOS:\n· 1 año de experiencia en banca\n": 3,
            asked.format("Skills"): 1,
            asked.format("Nice to have"): 3,
            "Requirements\n- 5 years of experience in tax\n- An additional two years of experience in law, audit, payroll,"
            " consulting or the keeping of books can be substituted for a Master's degree": 5,
        }
    )
    text = f"Accountant\n{AROUND}{asked}\n{AROUND * 4}"
    assert experience(text.format("Blue garden")).confidence == "low"
    assert experience(text.format("Requirements")).confidence != "low"


def test_the_length_of_a_placement_is_none_of_experience() -> None:
    check(
        {
            "Duration: min. 12 months": None,
            "Dauer: mindestens 12 Monate": None,
            "Durée : au moins 12 mois": None,
            "Duración: mínimo 12 meses": None,
            "Lehrzeit: 4 Jahre": None,
            "Experience: min. 12 months": 1,
            "Erfahrung: mindestens 12 Monate": 1,
        }
    )


def test_a_pay_grade_for_so_many_years_asks_for_none() -> None:
    check(
        {
            "Das Gehalt beträgt EUR 3.100 brutto bei mindestens fünf Jahren Berufserfahrung.": None,
            "Das Gehalt liegt bei EUR 3.100 (min. 2 Jahre Berufserfahrung).": None,
            "Bei zweijähriger Berufserfahrung ist eine Einreihung in Stufe 11 möglich.": None,
            "EUR 3.100 bei Einstufung in Verwendungsgruppe IV mit 6 Jahren Berufserfahrung": None,
            "Wir zahlen EUR 3.100. Sie haben mindestens 2 Jahre Berufserfahrung.": 2,
            "Mindestens 2 Jahre Berufserfahrung mit der Einstufung von Stellen": 2,
        }
    )


def test_years_that_a_firm_calls_its_own_are_the_firms() -> None:
    check(
        {
            "We share our 12 years of experience with you.": None,
            "Das Team teilt gerne seine 12-jährige Erfahrung mit dir.": None,
            "Nous partageons nos 12 ans d'expérience.": None,
            "Wir blicken auf 12 erfolgreiche Jahre Firmengeschichte zurück.": None,
            "Our client asks for 12 years of experience.": 12,
        }
    )


def test_a_heading_ends_what_was_said_of_the_firm() -> None:
    for above in ("About us\nWe bake.\n", "Das erwartet dich\n- Brot\n"):
        for heading in (
            "Who we are looking for",
            "Sie passen zu uns, wenn Sie …",
            "Dein Profil - das bringst Du mit",
            "Das bringen Sie mit",
            "Was wir uns von Ihnen wünschen:",
            "Womit Sie uns begeistern können",
            "Wen suchen wir?",
            "Dein Background",
        ):
            read = experience(f"Accountant\n{AROUND}{above}{heading}\n- 3 years of experience\n{AROUND * 4}")
            assert (read.min_years, read.doubt) == (3, ""), heading
