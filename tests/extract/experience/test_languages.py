"""Years in every language that is read, both ways: what counts, and what only looks like it."""

from __future__ import annotations

import pytest

from jpt.extract.experience import experience
from tests.table import each_row

COUNTS = [
    # English
    ("en", "Requirements\nTwo and a half years of experience in retail", 2),
    ("en", "Requirements\n1½ years of experience in retail", 1),
    ("en", "Requirements\n3 years and 6 months of experience in retail", 3),
    ("en", "Requirements\n(3-5) years of experience", 3),
    ("en", "Requirements\nAt least (3) years of experience", 3),
    ("en", "Requirements\n[3+] years of experience", 3),
    ("en", "Requirements\n3+ (three) years of experience", 3),
    ("en", "Requirements\nFive (at least 5) years of experience", 5),
    ("en", "Requirements\n~8 years of experience", 8),
    ("en", "Requirements\n7+yrs of experience", 7),
    ("en", "Requirements\n- 3-4 Years Java", 3),
    ("en", "Requirements\n6 months to 1 year of experience", 0),
    ("en", "Requirements\n3\\-5 years of experience", 3),
    ("en", "Requirements\n**3+** years of experience", 3),
    ("en", "Requirements\n3\u00a0years of\u2009experience", 3),
    ("en", "Requirements\n３ years of experience", 3),
    ("en", "Requirements\n➤ 4 yrs exp in sales", 4),
    ("en", "Requirements\n5+ YOE", 5),
    ("en", "Minimum Years of Experience: 3\nMaximum Years of Experience: 8", 3),
    ("en", "Minimum Years of Experience: 3 / Maximum: 8", 3),
    ("en", "Years of experience\n4\nEducation\nBachelor", 4),
    ("en", "Experience\t5 years\nLocation\tOslo", 5),
    ("en", "Experience\n\n2+ years\n\nLocation\nOslo", 2),
    ("en", "Great team. Experience 5+ Years Education Master's degree Location Oslo", 5),
    ("en", "Requirements\nWorked with C# for 2 years", 2),
    ("en", "Requirements\nMBA preferred\n5+ years of experience in sales", 5),
    ("en", "Nice to have\nDocker\n\nExperience\n3+ years in sales", 3),
    ("en", "Preferred skills\n- A third language\n- 2 years of experience with ships is required", 2),
    ("en", "Requirements\n3+ years of mobile development (preferred with Flutter)", 3),
    ("en", "Requirements\nBachelor's (or foreign equivalent) and: 4 years of experience", 4),
    ("en", "Education\nBS and 4+ years of experience", 4),
    ("en", "Requirements\nA bachelor's degree AND Experience: one year in a kitchen", 1),
    (
        "en",
        "Requirements\nA degree may be accepted in place of the licence. 3 years of experience are required.",
        3,
    ),
    ("en", "Requirements\n5 years' exposure to high-volume manufacturing", 5),
    ("en", "Hiring 7+ yrs senior engineers for our team in Oslo.", 7),
    ("en", "We look for:\n- Analyst: SQL, dashboards (3+ years)", 3),
    ("en", "Requirements\n5+ years of experience, of which 2 in management", 5),
    ("en", "Requirements\n8 years of experience including 3 years leading people", 8),
    ("en", "Requirements\nWe expect no less than 4 years of experience", 4),
    ("en", "Our baker retires, so we need someone with 3 years of experience.", 3),
    # German
    ("de", "Das bringst du mit\nMindestens drei Jahre Berufserfahrung im Vertrieb", 3),
    ("de", "Ihr Profil\nzweieinhalb Jahre Erfahrung", 2),
    ("de", "Anforderungen\nanderthalb Jahre Berufserfahrung", 1),
    ("de", "Anforderungen\n2,5 Jahre Berufserfahrung", 2),
    ("de", "Anforderungen\nMehrere Jahre, mind. 4 Jahre Erfahrung als Koch", 4),
    ("de", "Anforderungen\n3-jährige Berufserfahrung in der Pflege", 3),
    ("de", "Anforderungen\nBe\u00adrufs\u00aderfahrung: 3 Jahre", 3),
    ("de", "Berufserfahrung in Jahren: 3\nOrt: Kiel", 3),
    ("de", "Du verfügst über mehr als 5 Jahre Erfahrung im Einkauf.", 5),
    ("de", "Anforderungen\nErfahrung von wenigstens zwei Jahren im Verkauf", 2),
    ("de", "Wir suchen jemanden mit 3 bis 5 Jahren Erfahrung.", 3),
    ("de", "Voraussetzungen\nStudium oder Ausbildung und 2 Jahre Praxis", 2),
    # French
    ("fr", "Votre profil\nVous justifiez d'au moins 3 ans d'expérience", 3),
    ("fr", "Profil recherché\nExpérience de 2 à 5 ans en comptabilité", 2),
    ("fr", "Profil\nDeux ans et demi d'expérience minimum", 2),
    ("fr", "Expérience\n3 An(s)\nLieu\nLyon", 3),
    ("fr", "Expérience : minimum un an", 1),
    ("fr", "Vous avez plus de cinq années d'expérience dans la vente.", 5),
    ("fr", "Profil\nUne première expérience d'un an en cuisine", 1),
    # Spanish
    ("es", "Requisitos\nAl menos 2 años de experiencia en ventas", 2),
    ("es", "Requisitos\n+ 5 años de experiencia", 5),
    ("es", "Experiencia mínima\n\nEntre un año y dos años en puestos similares", 1),
    ("es", "Experiencia mínima: 3 año(s)", 3),
    ("es", "Requisitos\nDos años y medio de experiencia", 2),
    ("es", "Buscamos una persona con experiencia de 3 a 5 años.", 3),
    ("es", "Requisitos mínimos\n18 meses de experiencia demostrable", 1),
    ("es", "Años de experiencia: 4", 4),
    # Dutch
    ("nl", "Functie-eisen\nMinimaal 3 jaar werkervaring als kok", 3),
    ("nl", "Wat vragen wij?\nAnderhalf jaar ervaring", 1),
    ("nl", "Jouw profiel\nongeveer 4 jaar ervaring in de zorg", 4),
    ("nl", "Je hebt minstens twee jaar ervaring.", 2),
    ("nl", "Aantal jaren ervaring: 5", 5),
    ("nl", "Wij zoeken iemand met 3 tot 5 jaar ervaring.", 3),
    # Italian
    ("it", "Requisiti\nAlmeno 3 anni di esperienza nel ruolo", 3),
    ("it", "Requisiti\nEsperienza triennale nella mansione", 3),
    ("it", "Cerchiamo un cuoco con due anni di esperienza.", 2),
    ("it", "Esperienza: 1 anno", 1),
    ("it", "Requisiti\nDue anni e mezzo di esperienza", 2),
    # Portuguese
    ("pt", "Requisitos\nMínimo de 2 anos de experiência em vendas", 2),
    ("pt", "Procuramos pessoas com pelo menos três anos de experiência.", 3),
    ("pt", "Experiência: 1 ano", 1),
    # Swedish
    ("sv", "Kvalifikationer\nMinst 3 års erfarenhet av försäljning", 3),
    ("sv", "Vi söker dig som har två års erfarenhet.", 2),
    ("sv", "Krav\n2-5 års arbetslivserfarenhet", 2),
    # Danish and Norwegian
    ("da", "Kvalifikationer\nMindst 2 års erfaring med salg", 2),
    ("da", "Du har to års erfaring som kok.", 2),
    ("no", "Kvalifikasjoner\nMinimum 3 års erfaring fra salg", 3),
    # Polish
    ("pl", "Wymagania\nMinimum 3 lata doświadczenia w sprzedaży", 3),
    ("pl", "Wymagania\nco najmniej 5 lat doświadczenia", 5),
    ("pl", "Wymagania\n2-letnie doświadczenie", 2),
    ("pl", "Wymagania\nminimum rok doświadczenia", 1),
    ("pl", "Oczekujemy\ndwa lata doświadczenia jako kucharz", 2),
]


@each_row(("language", "post", "years"), COUNTS)
def test_what_is_required_counts(language: str, post: str, years: int) -> None:
    read = experience(post)

    assert (language, read.min_years, read.stated) == (language, years, True)
    assert read.evidence is not None
    assert " ".join(read.evidence.split()) in " ".join(post.split())


DOES_NOT_COUNT = [
    ("en", "How many years of experience do you have with cakes?\n○ Less than 1 year\n○ 1-3 years\n○ 3-5 years"),
    ("en", "Supplemental Questions\nDo you have 3 years of kitchen experience?\nYes\nNo"),
    ("en", "Your experience with trucks\nNone\nLess than 1 year\n1 to 3 years\n3 to 5 years\nMore than 5 years"),
    ("en", "You will report to a lead with 20 years of experience in bread."),
    ("en", "You will work alongside colleagues who have over 10 years of experience."),
    ("en", "A bakery with 20+ years of proven results and a lot of experience."),
    ("en", "With over 15 years of experience, we bake the best bread in town."),
    ("en", "Requirements\n2+ years of experience with Rust - strong advantage"),
    ("en", "Requirements\nMinimum 2 years of experience in a kitchen will be prefer."),
    ("en", "What would be great\n- 3 years of experience with ships"),
    ("en", "This is a 6-months program with an immersive experience."),
    ("en", "The term of office is one year and can be renewed."),
    ("en", "Requirements\nA passport that is valid for 2 years"),
    ("en", "Requirements\nNo felony within the last 5 years"),
    ("en", "Requirements\nBachelor's degree or 4 years of proven equivalency"),
    ("de", "Mit über 25 Jahren Erfahrung sind wir der führende Bäcker der Stadt."),
    ("de", "Seit über 30 Jahren backen wir Brot."),
    ("de", "Sie arbeiten mit Kollegen, die über 20 Jahre Erfahrung haben."),
    ("de", "Anforderungen\n3 Jahre Berufserfahrung sind von Vorteil"),
    ("de", "Anforderungen\nIdealerweise 3 Jahre Berufserfahrung"),
    ("de", "Die Stelle ist befristet auf 2 Jahre."),
    ("de", "Die Ausbildung dauert 3 Jahre."),
    ("de", "Du bist mindestens 18 Jahre alt."),
    ("de", "Pluspunkte\n2 Jahre Erfahrung mit Rust"),
    ("fr", "Forte de plus de 30 ans d'expérience, notre entreprise cuit du pain."),
    ("fr", "Depuis 25 ans, nous cuisons du pain."),
    ("fr", "Profil\nUne expérience de 2 ans serait un plus"),
    ("fr", "Profil\nIdéalement 3 ans d'expérience"),
    ("fr", "CDD de 12 mois renouvelable"),
    ("fr", "Vous avez 18 ans révolus."),
    ("es", "Somos una empresa con 25 años de experiencia en España y más de 800 oficinas."),
    ("es", "Llevamos más de 40 años implantados en España."),
    ("es", "Requisitos\nSe valorarán 2 años de experiencia"),
    ("es", "Requisitos\n2 años de experiencia (deseable)"),
    ("es", "Contrato de 6 meses prorrogable"),
    ("es", "Debes ser mayor de 18 años."),
    ("es", "Edad entre 25 y 35 años"),
    ("nl", "Met ruim 30 jaar ervaring zijn wij de beste bakker."),
    ("nl", "Functie-eisen\nBij voorkeur 2 jaar ervaring"),
    ("nl", "Functie-eisen\n2 jaar ervaring is een pre"),
    ("nl", "Je krijgt een contract voor 1 jaar."),
    ("nl", "Je bent minimaal 18 jaar."),
    ("nl", "Functiewensen\nMinimaal 5 jaar werkervaring"),
    ("it", "Siamo un'azienda con oltre 40 anni di esperienza."),
    ("it", "Requisiti\nPreferibilmente 2 anni di esperienza"),
    ("it", "Contratto di 12 mesi"),
    ("it", "Requisiti\nLaurea triennale"),
    ("it", "Tirocinio della durata di 6 mesi"),
    ("pt", "Somos uma empresa com mais de 20 anos de experiência."),
    ("pt", "Requisitos\nDesejável 2 anos de experiência"),
    ("sv", "Vi är ett företag med över 30 års erfarenhet."),
    ("sv", "Kvalifikationer\nMeriterande: 2 års erfarenhet av Rust"),
    ("sv", "Du har fyllt 18 år."),
    ("da", "Vi er en virksomhed med mere end 30 års erfaring."),
    ("da", "Kvalifikationer\n2 års erfaring er en fordel"),
    ("no", "Du må være fylt 18 år."),
    ("pl", "Jesteśmy firmą z ponad 20-letnim doświadczeniem."),
    ("pl", "Mile widziane\n2 lata doświadczenia"),
    ("pl", "Umowa na 12 miesięcy"),
]


@each_row(("language", "post"), DOES_NOT_COUNT)
def test_what_only_looks_like_a_requirement_does_not(language: str, post: str) -> None:
    read = experience(post)

    assert (language, read.min_years, read.stated, read.evidence) == (language, 0, False, None)


OTHER_WORDS = [
    (
        "de",
        "Anforderungen\n• Abgeschlossene Berufsausbildung sowie mehrjährige Berufserfahrung (mind. 3 Jahre)",
        3,
    ),
    ("de", "Was du mitbringst\nErste Berufserfahrung (ca. 1–2 Jahre) im Bereich Controlling", 1),
    ("de", "Ihr Profil: Sie haben bereits zwei bis drei Jahre in einer vergleichbaren Position gearbeitet.", 2),
    ("de", "Du hast schon 3 Jahre lang als Entwickler gearbeitet und liebst Java.", 3),
    ("de", "Qualifikationen\n- Mind. 5-jährige Praxiserfahrung in der Montage", 5),
    ("de", "Voraussetzungen\n- 2+ Jahre Erfahrung mit React\n- 3+ Jahre Erfahrung mit TypeScript", 2),
    ("de", "Ihr Profil\nBerufserfahrung von mehr als drei Jahren in der Buchhaltung ist zwingend erforderlich", 3),
    ("de", "Ihr Profil\nEinschlägige Erfahrung ist wünschenswert, 2 Jahre als Kellner setzen wir voraus", 2),
    (
        "de",
        "Über uns\nUnser Team aus 20 Experten mit durchschnittlich 15 Jahren Erfahrung freut sich auf dich.",
        None,
    ),
    ("de", "Wir sind seit 1990 am Markt und haben 30 Jahre Erfahrung.", None),
    ("de", "Das Unternehmen blickt auf 75 Jahre Erfahrung zurück.", None),
    ("de", "Die Einarbeitung dauert 6 Monate, danach übernimmst du die Filiale.", None),
    ("de", "Nach 2 Jahren im Unternehmen erhältst du mehr Urlaub.", None),
    ("de", "Deine Ausbildung dauert 3,5 Jahre.", None),
    ("de", "Ihr Profil\nFührerschein Klasse B seit mindestens 2 Jahren", None),
    ("de", "Ihr Profil\nMindestalter 21 Jahre", None),
    ("de", "Ihr Profil\nGerne auch Quereinsteiger ohne Erfahrung", None),
    ("de", "Elternzeitvertretung für 14 Monate", None),
    ("de", "Anforderungsprofil: Studium der Informatik (oder 5 Jahre vergleichbare Berufserfahrung)", None),
    ("de", "Probezeit: 6 Monate\nBerufserfahrung: 1 Jahr", 1),
    (
        "de",
        "Sie verfügen über ein Studium und über mindestens vier Jahre einschlägige Erfahrung im Projektmanagement, davon zwei Jahre in leitender Funktion.",
        4,
    ),
    (
        "fr",
        "Profil recherché :\n- Vous disposez d'une expérience significative d'au moins 5 ans dans un poste similaire",
        5,
    ),
    ("fr", "Vous avez une première expérience réussie (2 ans minimum) en tant que commercial.", 2),
    ("fr", "De formation Bac+5, vous avez 3 à 5 années d'expérience professionnelle.", 3),
    ("fr", "Profil : Bac +2 avec 3 ans d'expérience en gestion", 3),
    ("fr", "Expérience exigée de 2 An(s)", 2),
    ("fr", "Vous possédez plus de 4 ans d'expérience en développement web.", 4),
    ("fr", "Notre cabinet, fort de 20 ans d'expérience, accompagne ses clients.", None),
    ("fr", "L'entreprise existe depuis 40 ans.", None),
    ("fr", "Nous sommes leaders depuis plus de 15 ans dans le conseil.", None),
    ("fr", "Contrat : CDD de 6 mois, renouvelable", None),
    ("fr", "Stage de 6 mois à partir de mars", None),
    ("fr", "Vous préparez un diplôme sur 2 ans en alternance", None),
    ("fr", "Permis B depuis 2 ans", None),
    ("fr", "Profil\nUne expérience de 3 ans en restauration est souhaitée", None),
    ("fr", "Débutants acceptés, formation assurée pendant 3 mois.", None),
    ("fr", "Age minimum : 18 ans", None),
    ("fr", "Expérience : Débutant à 2 ans", 0),
    ("es", "Se requiere experiencia mínima de 2 años en puesto similar.", 2),
    ("es", "Imprescindible contar con más de 3 años de experiencia como electricista.", 3),
    ("es", "Perfil: Ingeniero con 5 años de experiencia en obra", 5),
    ("es", "Experiencia: De 1 a 3 años", 1),
    ("es", "Experiencia mínima: Más de 5 años", 5),
    ("es", "Buscamos un comercial que aporte dos o más años de experiencia.", 2),
    ("es", "Contamos con más de 20 años de experiencia en el sector.", None),
    ("es", "Empresa con 35 años de trayectoria busca administrativo.", None),
    ("es", "Duración del contrato: 1 año", None),
    ("es", "Contrato de sustitución de 6 meses", None),
    ("es", "Grado medio de 2 años", None),
    ("es", "Carnet de conducir con 2 años de antigüedad", None),
    ("es", "Valorable experiencia de 2 años en hostelería", None),
    ("es", "Se valorará positivamente experiencia de al menos 1 año", None),
    ("es", "Experiencia previa de 6 meses a 1 año en cocina", 0),
    ("es", "Requisitos: mayores de 25 años", None),
    ("es", "Tener menos de 30 años y estar inscrito en garantía juvenil", None),
    ("es", "Requisitos\nTítulo de FP o 3 años de experiencia", None),
    ("nl", "Je beschikt over 2 à 3 jaar relevante werkervaring", 2),
    ("nl", "Jij hebt al een aantal jaar ervaring (minimaal 3)", None),
    ("nl", "Wat vragen we?\n- HBO diploma en minstens 5 jaar ervaring als projectleider", 5),
    ("nl", "Functie-eisen: minimaal 1 jaar ervaring in een vergelijkbare functie", 1),
    ("nl", "Ervaring: 3-5 jaar", 3),
    ("nl", "Je werkt al minimaal 2 jaar als verpleegkundige.", 2),
    ("nl", "Wij zijn een familiebedrijf met 50 jaar ervaring.", None),
    ("nl", "Al meer dan 25 jaar bouwen wij huizen.", None),
    ("nl", "Jaarcontract met uitzicht op vast; na 1 jaar vast dienstverband", None),
    ("nl", "Een opleiding van 2 jaar op onze kosten", None),
    ("nl", "Je bent 18 jaar of ouder", None),
    ("nl", "Rijbewijs B, minimaal 1 jaar in bezit", None),
    ("nl", "Wensen\n- 2 jaar ervaring met SAP", None),
    ("nl", "Contract: 6 maanden met optie tot verlenging", None),
    ("it", "Il candidato ha maturato almeno 2 anni di esperienza in ruoli analoghi.", 2),
    ("it", "Richiesta esperienza di almeno 5 anni nel settore", 5),
    ("it", "Esperienza pregressa di 3-5 anni in ambito amministrativo", 3),
    ("it", "Requisiti: diploma, esperienza minima 1 anno", 1),
    ("it", "Si richiede esperienza pluriennale (minimo 3 anni)", 3),
    ("it", "Siamo presenti sul mercato da oltre 30 anni.", None),
    ("it", "Con più di 25 anni di esperienza, siamo leader nel settore.", None),
    ("it", "Contratto a tempo determinato di 6 mesi", None),
    ("it", "Stage di 6 mesi con rimborso spese", None),
    ("it", "Gradita esperienza di 2 anni", None),
    ("it", "Età compresa tra 18 e 29 anni", None),
    ("pt", "Experiência mínima de 3 anos na função", 3),
    ("pt", "Requisitos: 2 a 4 anos de experiência em contabilidade", 2),
    ("pt", "Ter no mínimo 1 ano de experiência comprovada", 1),
    ("pt", "Há mais de 20 anos no mercado, nossa empresa cresce.", None),
    ("pt", "Contrato de 12 meses", None),
    ("pt", "Será um diferencial ter 2 anos de experiência com SAP", None),
    ("sv", "Du har minst två års erfarenhet av liknande arbete", 2),
    ("sv", "Vi söker dig med 3-5 års erfarenhet inom redovisning", 3),
    ("sv", "Krav: Minst 1 års arbetslivserfarenhet", 1),
    ("sv", "Vi har funnits i över 50 år.", None),
    ("sv", "Anställningen är ett vikariat på 12 månader", None),
    ("sv", "Det är meriterande om du har 2 års erfarenhet", None),
    ("sv", "Provanställning 6 månader", None),
    ("da", "Du har minimum 3 års relevant erfaring", 3),
    ("da", "Du har 2-4 års erfaring med bogholderi", 2),
    ("da", "Vi har mere end 25 års erfaring i branchen", None),
    ("da", "Stillingen er et vikariat på 12 måneder", None),
    ("da", "Det er en fordel, hvis du har 2 års erfaring", None),
    ("no", "Du har minst 5 års erfaring fra lignende stilling", 5),
    ("no", "Minimum tre års relevant arbeidserfaring", 3),
    ("no", "Engasjement i 12 måneder", None),
    ("pl", "Min. 2 lata doświadczenia na podobnym stanowisku", 2),
    ("pl", "Posiadasz przynajmniej 3-letnie doświadczenie w sprzedaży", 3),
    ("pl", "Doświadczenie: min. 1 rok", 1),
    ("pl", "Oczekujemy od Ciebie co najmniej 5 lat pracy w zawodzie", 5),
    ("pl", "Działamy na rynku od ponad 20 lat", None),
    ("pl", "Umowa o pracę na 3 miesiące, potem na czas nieokreślony", None),
    ("pl", "Mile widziane roczne doświadczenie", None),
    ("pl", "Wymagane minimum roczne doświadczenie w pracy biurowej", 1),
    ("en", "Candidates must have worked for three or more years in a hospital.", 3),
    ("en", "You've spent 4+ years shipping products to customers.", 4),
    ("en", "Experience level: 3 to 5 yrs", 3),
    ("en", "Exp: 2 - 4 Years", 2),
    ("en", "Work Experience Required : 5 to 8 Years", 5),
    (
        "en",
        "Job Requirements: Diploma with at least 2 years' working experience in related field is required for this position.",
        2,
    ),
    ("en", "Required Experience: Minimum Two (2) Years", 2),
    ("en", "Five plus years of nursing experience", 5),
    ("en", "A minimum of twenty-four months of paid experience", 2),
    ("en", "Must possess 24 months experience", 2),
    ("en", "1 year experience or less", 0),
    ("en", "0 to 1 year of experience", 0),
    ("en", "Experience: Fresher to 2 years", 0),
    ("en", "Requirements\n- Experience (3 yrs) in QA", 3),
    ("en", "Two years college plus two years related experience", 2),
    ("en", "Join a company that has been in business for 35 years", None),
    ("en", "Our founders bring 15 years of experience from Big Tech.", None),
    ("en", "You'll be mentored by engineers with 10+ years in the field.", None),
    ("en", "We've been remote for 8 years.", None),
    ("en", "Visa holders must have 2 years validity remaining", None),
    ("en", "This position is a two-year appointment.", None),
    ("en", "After one year, you will be eligible for tuition reimbursement.", None),
    ("en", "Company car after 12 months", None),
    ("en", "Must be able to commit to at least 1 year in this role", None),
    ("en", "Must stay in position for 2 years", None),
    ("en", "Applicants should be within 1-2 years of graduation", None),
    ("en", "Recent graduate (within the past two years)", None),
    ("en", "Must have held a licence for a minimum of 3 years", None),
    ("en", "Background check covering the last 7 years", None),
    ("en", "Three years of full-time experience may be substituted for the degree.", None),
    (
        "en",
        "Requirements\nBachelor's degree or 4 additional years of experience; 2 years of supervisory experience",
        2,
    ),
    ("en", "Not required: 5 years of experience", None),
    ("en", "Experience preferred: 2 years", None),
    ("en", "Experience (preferred): 2 years", None),
    ("en", "Customer service: 1 year (Preferred)\nSales: 2 years (Required)", 2),
    ("en", "Nice-to-haves: 3+ years with Go", None),
    ("en", "We would love it if you had 3+ years of experience.", None),
    ("en", "Ideally you would bring 2 years of experience, but 1 year is required.", 1),
    ("en", "3+ years of experience preferred; 1+ year required", 1),
    ("en", "At least 2 years of experience required, 5 preferred", 2),
    ("en", "2 years required / 5 years preferred", 2),
    ("en", "Must have 2 years experience. 5 years is preferred.", 2),
]
"""The same matters in other words; None where nothing is stated."""


@each_row(("language", "post", "years"), OTHER_WORDS)
def test_other_words_for_the_same_are_read_alike(language: str, post: str, years: int | None) -> None:
    read = experience(post)

    assert (language, read.min_years if read.stated else None) == (language, years)


NONE_ASKED = [
    "No experience required.",
    "No prior experience is necessary, we train you.",
    "Experience is not required for this role.",
    "You do not need any experience to join us.",
    "Experience required: none",
    "Zero experience needed!",
    "Applicants without experience are welcome.",
    "Berufserfahrung ist nicht erforderlich.",
    "Keine Vorerfahrung notwendig",
    "Aucune expérience n'est requise.",
    "Débutant accepté",
    "No se requiere experiencia previa.",
    "Experiencia mínima: No requerida",
    "Geen ervaring nodig",
    "Werkervaring is niet vereist",
    "Nessuna esperienza richiesta",
    "Não é necessário ter experiência.",
    "Ingen erfarenhet krävs.",
    "Ingen erfaring nødvendig.",
    "Doświadczenie nie jest wymagane.",
]


@each_row("sentence", NONE_ASKED)
def test_no_experience_required_is_none_asked_with_its_quote(sentence: str) -> None:
    post = "Baker\nWe bake bread and cakes for the whole town, and you can learn how it is done.\n\n"
    post += (
        f"Requirements\nA warm heart for bread and for people who come in early.\n{sentence}\n" + "We bake. " * 40
    )

    read = experience(post)

    assert (read.min_years, read.stated, read.asks_none) == (0, False, True)
    assert read.evidence
    assert read.evidence in " ".join(post.split())


@pytest.mark.parametrize(
    "sentence",
    [
        "No experience with Rust required.",
        "Experience with cakes is not required.",
        "If you come from another trade without experience in banking, we train you.",
        "No se requiere experiencia en banca.",
    ],
)
def test_no_experience_in_one_thing_says_nothing_of_the_rest(sentence: str) -> None:
    read = experience("Baker\nRequirements\n" + sentence + "\n" + "We bake bread. " * 40)

    assert (read.stated, read.asks_none) == (False, False)


def test_a_number_beats_no_experience_required() -> None:
    read = experience("Requirements\n3 years of experience in a kitchen\nNo experience required with cakes.")

    assert (read.min_years, read.stated) == (3, True)


def test_a_missing_word_for_years_is_doubted_not_dropped() -> None:
    read = experience("Requirements\n- 4+ as a news editor\n- Good spelling")

    assert (read.min_years, read.stated, read.confidence) == (4, True, "low")


@pytest.mark.parametrize(("policy", "years"), [("lowest", 2), ("headline", 5), ("highest", 8)])
def test_the_policy_says_which_of_several_numbers_counts(policy: str, years: int) -> None:
    post = "Requirements\n5+ years of experience\n2+ years of Rust experience\n8 years of experience in sales"

    assert experience(post, None, policy).min_years == years  # type: ignore[arg-type]


def test_a_part_is_shown_as_such() -> None:
    read = experience("Requirements\n5+ years of experience, of which 2 years leading people")

    assert [(one.years, one.reason) for one in read.rejected] == [(2, "part")]


@each_row("bullet", ["- ", "• ", "* ", "o ", "➢ ", "● ", "– "])
def test_a_quote_does_not_swallow_the_bullet_before_it(bullet: str) -> None:
    post = f"Requirements\n{bullet}Patience\n{bullet}3 years of experience in a kitchen\n{bullet}Humour"

    assert experience(post).evidence == "3 years of experience in a kitchen"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "heading", ["What we ask for", "What we're looking for", "Who we are looking for", "What you'll work with"]
)
def test_a_quote_does_not_swallow_a_heading_that_ends_in_a_preposition(heading: str, gap: str) -> None:
    post = f"Baker\n\nYou bake.\n\n{heading}{gap}3 years of experience in a kitchen\nHumour"

    assert experience(post).evidence == "3 years of experience in a kitchen"


@pytest.mark.parametrize("begin", ["You need a minimum of", "You have worked as a baker for"])
def test_a_sentence_that_goes_on_below_is_whole(begin: str) -> None:
    assert experience(f"Requirements\n{begin}\n3 years in a kitchen").evidence == f"{begin} 3 years in a kitchen"


@pytest.mark.parametrize("word", ["Bäcker:in", "Bäcker*in", "Bäcker_in", "Bäcker/in"])
def test_a_feminine_ending_leaves_no_sentence_open(word: str) -> None:
    post = f"Ihr Profil\nAbgeschlossene Ausbildung als {word}\nMindestens 2 Jahre Berufserfahrung"

    assert experience(post).evidence == "Mindestens 2 Jahre Berufserfahrung"


def test_a_quote_ends_where_another_point_begins() -> None:
    post = "Requirements\nPatience,\n3 years of experience in a kitchen,\nHumour"

    assert experience(post).evidence == "3 years of experience in a kitchen,"
