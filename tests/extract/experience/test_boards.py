"""Fields, headings and lists as the job boards of several countries print them; all written for these tests."""

from __future__ import annotations

from jpt.extract.experience import experience
from tests.table import each_row

BOARDS = [
    (
        (
            "Offre n° 123\n"
            "Cuisinier (H/F)\n"
            "Type de contrat\n"
            "Contrat à durée déterminée - 6 Mois\n"
            "Durée du travail\n"
            "35H\n"
            "Profil souhaité\n"
            "Expérience\n"
            "3 An(s)\n"
            "Compétences\n"
            "Cuire\n"
            "Savoir-être\n"
            "Rigueur\n"
            "Permis\n"
            "B - Véhicule léger\n"
        ),
        3,
    ),
    ("Profil souhaité\nExpérience\nDébutant accepté\nSavoirs\n", None),
    ("Expérience exigée : 1 an(s)\nFormation : CAP cuisine\nPermis B exigé", 1),
    ("Expérience souhaitée (6 Mois)\nFormation : Bac", None),
    (
        (
            "Kvalifikationer\n"
            "Vi söker dig som har\n"
            "- Gymnasieutbildning\n"
            "- Minst två års erfarenhet från liknande roll\n"
            "- B-körkort\n"
            "Det är meriterande om du har\n"
            "- Fem års erfarenhet från industri\n"
            "Om anställningen\n"
            "Tillsvidare, 6 månaders provanställning"
        ),
        2,
    ),
    (
        (
            "Kompetenser\n"
            "Krav\n"
            "Sjuksköterska - 2 års erfarenhet\n"
            "Meriterande\n"
            "Truckkort\n"
            "Varaktighet: 6 månader eller längre"
        ),
        2,
    ),
    (
        (
            "Twój zakres obowiązków\n"
            "Sprzedaż\n"
            "Nasze wymagania\n"
            "min. 2 lata doświadczenia w sprzedaży B2B\n"
            "prawo jazdy kat. B\n"
            "Mile widziane\n"
            "znajomość SAP, min. 1 rok\n"
            "To oferujemy\n"
            "umowa o pracę na 12 miesięcy\n"
            "O nas\n"
            "Od ponad 30 lat jesteśmy liderem"
        ),
        2,
    ),
    (
        (
            "Dine arbejdsopgaver\n"
            "- Bogføring\n"
            "Dine kvalifikationer\n"
            "- Du har en relevant uddannelse\n"
            "- Du har minimum 3 års erfaring med bogholderi\n"
            "- Det er en fordel, hvis du har arbejdet 2 år med Navision\n"
            "Vi tilbyder\n"
            "- Et team med gennemsnitligt 15 års erfaring"
        ),
        3,
    ),
    (
        (
            "Arbeidsoppgaver\n"
            "- Drift\n"
            "Kvalifikasjoner\n"
            "- Fagbrev som elektriker\n"
            "- Minimum 2 års erfaring etter fagbrev\n"
            "- Førerkort klasse B\n"
            "Vi tilbyr\n"
            "- Engasjement i 12 måneder, med mulighet for forlengelse"
        ),
        2,
    ),
    (
        (
            "Estudios mínimos\n"
            "Bachillerato\n"
            "Experiencia mínima\n"
            "Al menos 2 años\n"
            "Tipo de industria\n"
            "Hostelería\n"
            "Categoría\n"
            "Camarero\n"
            "Nivel\n"
            "Empleado\n"
            "Vacantes\n"
            "3\n"
            "Salario\n"
            "No disponible\n"
            "Duración\n"
            "6 meses"
        ),
        2,
    ),
    (
        (
            "Requisitos mínimos\n"
            "- Experiencia de más de 1 año en puesto similar\n"
            "- Carnet B\n"
            "Requisitos deseados\n"
            "- 3 años de experiencia en retail"
        ),
        1,
    ),
    (
        (
            "Experiencia mínima\n"
            "No Requerida\n"
            "Requisitos\n"
            "Ganas de aprender, buena presencia y trabajo en equipo en nuestra tienda del centro."
        ),
        None,
    ),
    (
        (
            "Requisitos e qualificações\n"
            "- Ensino médio completo\n"
            "- Experiência de pelo menos 6 meses com atendimento\n"
            "- Desejável: 2 anos com vendas\n"
            "Informações adicionais\n"
            "Benefícios\n"
            "- Vale refeição\n"
            "- 1 ano de academia grátis"
        ),
        0,
    ),
    (
        (
            "O que buscamos em você?\n"
            "Experiência mínima de 2 anos como desenvolvedor\n"
            "Será um diferencial\n"
            "5 anos de experiência com cloud"
        ),
        2,
    ),
    (
        (
            "Requisiti\n"
            "- Diploma di maturità\n"
            "- Esperienza di almeno 2 anni nella mansione\n"
            "- Patente B\n"
            "Cosa offriamo\n"
            "- Contratto a tempo determinato di 12 mesi con possibilità di proroga"
        ),
        2,
    ),
    ("Anni di esperienza richiesti: 3\nSede: Milano\nContratto: Tempo indeterminato", 3),
    ("Esperienza\n2-3 anni\nSettore\nMetalmeccanico", 2),
    (
        (
            "Aufgaben\n"
            "- Kundenberatung\n"
            "Profil\n"
            "- Kaufmännische Ausbildung\n"
            "- Idealerweise 1-2 Jahre Berufserfahrung, auch Berufseinsteiger willkommen\n"
            "Wir bieten\n"
            "- 30 Tage Urlaub"
        ),
        None,
    ),
    (
        (
            "Das solltest du mitbringen:\n"
            "Eine abgeschlossene Ausbildung (3 Jahre)\n"
            "Berufserfahrung: mind. 2 Jahre im Handwerk\n"
            "Das kannst du erwarten:\n"
            "Über 40 Jahre Erfahrung im Betrieb"
        ),
        2,
    ),
    ("Berufserfahrung\nMit Berufserfahrung (2-5 Jahre)\nAnstellungsart\nVollzeit", 2),
    ("Erforderliche Berufserfahrung: Mindestens 3 Jahre\nBefristung: 24 Monate", 3),
    ("Karrierestufe: Berufserfahren (3+ Jahre)\nBranche: IT", 3),
    ("Ervaring\nMinder dan 1 jaar\nOpleiding\nMBO", 0),
    ("Functie-eisen\nOpleiding: HBO\nWerkervaring: 2 tot 4 jaar\nArbeidsvoorwaarden\nContract: 1 jaar", 2),
    (
        (
            "Wij vragen\n"
            "• MBO4-diploma\n"
            "• Twee jaar werkervaring als monteur\n"
            "Pluspunten\n"
            "• Vijf jaar ervaring met PLC\n"
            "Wij bieden\n"
            "• Een contract voor zeven maanden"
        ),
        2,
    ),
    (
        (
            "Qualifications\n"
            "Specialized Experience: Applicants must have one (1) year of specialized experience equivalent to the GS-9 level.\n"
            "Education may not be substituted for experience.\n"
            "Time-in-grade: 52 weeks"
        ),
        1,
    ),
    (
        (
            "Minimum Qualifications\n"
            "Graduation from high school and two years of increasingly responsible clerical experience; OR any equivalent combination.\n"
            "Special Requirements\n"
            "Must obtain a licence within six months of appointment."
        ),
        2,
    ),
    (
        (
            "Basic Qualifications:\n"
            "Bachelor's degree in Engineering\n"
            "\n"
            "Minimum of 4 years of related experience\n"
            "\n"
            "Preferred Qualifications:\n"
            "8 years of experience in aerospace\n"
            "\n"
            "Clearance:\n"
            "Able to obtain within 12 months"
        ),
        4,
    ),
    ("Required Experience\nEntry: 0-2 years\nMid: 3-5 years\nSenior: 6+ years", 0),
    ("Job Description\nExp - 4 to 6 yrs\nNotice period: 1 month\nLocation: Pune", 4),
    ("Skills: Java, Spring\nExperience Range\n5 - 8 years\nCTC: 20 LPA", 5),
    ("Relevant exp: 3+ yrs\nTotal exp: 5+ yrs", 3),
    ("Essential criteria\n- Two years' PQE\nDesirable criteria\n- Five years' experience in a law firm", 2),
    ("About you\nYou'll be a solicitor with 2-4 years PQE.\nBenefits: 25 days, rising to 30 after 5 years", 2),
    ("Person Specification\nEssential | Desirable\nExperience: 3 years in finance | 5 years in finance", 3),
    (
        (
            "Requirement | Essential/Desirable\n"
            "At least 2 years' experience in social care | Essential\n"
            "5 years management | Desirable"
        ),
        2,
    ),
    ("| Requirement | Level |\n|---|---|\n| Python | 3 years (required) |\n| Rust | 1 year (nice to have) |", 3),
    ("## Must have\n- 3+ yrs of Go\n## Nice to have\n- 1+ yr of Rust\n## Perks\n- Sabbatical after 2 years", 3),
    ("**What you bring**\n\n* **5+ years** building web apps\n* *Bonus:* 2 years with Elixir\n", 5),
    (
        (
            "Application questions\n"
            "How many years of work experience do you have with Java? *\n"
            "Do you have a driving licence? *"
        ),
        None,
    ),
    (
        (
            "We are looking for a chef.\n"
            "¿Cuántos años de experiencia tienes como cocinero?\n"
            "Menos de 1 año\n"
            "1-2 años\n"
            "Más de 3 años"
        ),
        None,
    ),
    (
        (
            "Requirements\n"
            "3+ years of welding experience\n"
            "Questions\n"
            "How many years of welding experience do you have?\n"
            "0-1\n"
            "1-3 years\n"
            "3-5 years\n"
            "5+ years"
        ),
        3,
    ),
    (
        (
            "Wie viele Jahre Berufserfahrung haben Sie?\n"
            "- weniger als 1 Jahr\n"
            "- 1 bis 3 Jahre\n"
            "- mehr als 3 Jahre\n"
            "Unser Profil\n"
            "Mindestens 2 Jahre Berufserfahrung"
        ),
        2,
    ),
    ("Requirements: minimum of 5 year experiences in hotel", 5),
    (
        (
            "Candidate must possess at least Diploma in Engineering. At least 3 Year(s) of working experience in the related field is required for this position."
        ),
        3,
    ),
    ("Required skills: Python (3y+), SQL (2y), Docker", 2),
    ("Experience: minimum of 1 - 2 years", 1),
    ("Fresh graduates are encouraged to apply; 1 year experience is an advantage", None),
    ("At least 1 year experience is preferred but fresh graduates are welcome", None),
    ("Male/Female, 25-35 years old, with at least 2 years experience", 2),
    ("Not more than 35 years old. With 1 year experience as cashier", 1),
    ("Open to applicants with or without experience. Must be 18-30 years of age", None),
    ("Seeking RN with 1+ yr acute care exp", 1),
    ("2 yrs OTR exp req'd; clean MVR past 3 yrs", 2),
    ("Must have a valid CDL and 6 months verifiable driving experience in the last 3 years", 0),
]


@each_row(("post", "years"), BOARDS)
def test_what_boards_print_is_read(post: str, years: int | None) -> None:
    read = experience(post)

    assert (read.min_years if read.stated else None) == years


SENTENCES = [
    (
        (
            "Our client, a leading bank with over 100 years of heritage, needs an analyst. The "
            "successful applicant will have a track record of at least 3 years in banking."
        ),
        3,
    ),
    ("We were founded 12 years ago by two chefs with 30 years of kitchen experience between them.", None),
    ("You'll join a team whose average tenure is 8 years.", None),
    ("Growth: 5 years of consecutive growth. Looking for: 2+ years in sales.", 2),
    ("4 years of growth marketing experience", 4),
    ("4 years of growth marketing", 4),
    ("Do you have 2 years of experience with Kubernetes? Then apply now!", 2),
    ("Please note: candidates with fewer than 5 years of experience will not be shortlisted.", 5),
    ("The programme lasts two years and you rotate every 6 months.", None),
    ("Experience: 3 years in sales OR 5 years in retail", 3),
    ("Experience needed: none. Training provided for 3 months.", None),
    ("A background of 5 years or more in logistics is a must.", 5),
    ("Five years in a similar role would be a distinct advantage.", None),
    ("Candidates will ideally have 2-3 years' post qualification experience", None),
    ("The role suits someone with around 2 years experience.", 2),
    ("Suitable for graduates or those with up to 2 years of experience.", 0),
    ("You're an engineer who has shipped software for 5 years or longer.", 5),
    ("If you have 3 years of JavaScript under your belt, get in touch.", 3),
    ("3 years' experience in hospitality (or equivalent training) is essential", 3),
    ("Minimum: 3 yrs. Preferred: 5 yrs.", 3),
    ("Seniority: 6+ years", 6),
    ("Level: Mid (3-5 years)", 3),
    ("Junior (0-2 years), Mid (2-4 years) and Senior (5+ years) positions open", 0),
    ("Salary depends on experience: 1-3 years: €40k, 4-6 years: €50k", None),
    ("Your first 2 years here will be spent learning.", None),
    ("We've doubled revenue in 3 years.", None),
    ("A proven history of 10 years with no safety incidents at our plant", None),
    ("Bachelor's degree (4 years) required", None),
    ("An apprenticeship of 3 years gives you everything you need.", None),
    ("Contract duration 1 year, extendable up to 5 years", None),
    ("Fixed-term 2-year role with the possibility of extension", None),
    ("Must have lived in the UK for the last 3 years", None),
    ("Valid driving licence for at least one year", None),
    ("Registered nurse with 12 months post registration experience", 1),
    ("Typically 5 years of work experience after your degree", 5),
    ("This would normally be gained over 5 years in a similar environment", None),
    ("Normally this requires 4 years of practical experience", 4),
    ("Equivalent to 3 years full-time experience", 3),
    ("The equivalent of two years of full-time work experience in libraries", 2),
    ("No fewer than six years as a litigator", 6),
    ("Not less than two years' standing as an advocate", 2),
    ("Over a decade of experience leading teams is needed", 10),
    ("Several years (3+) of experience in B2B", 3),
    ("A few years (min. 2) as barista", 2),
    ("Experience of three years' standing in audit", 3),
    ("Hands on experience for a period of at least 2 years", 2),
    ("Having at least 4 years of proven working exp. in HR", 4),
    ("Work exp.: 2 yrs min", 2),
    ("3 - 5 yrs. exp. in ERP", 3),
    ("2 yr exp", 2),
    ("Exp. 7 yrs+", 7),
    ("Minimum experience: one year and six months", 1),
    ("EXPERIENCE: THREE (3) YEARS", 3),
    ("5 YEARS EXPERIENCE MINIMUM", 5),
    ("Minimum requirements: Grade 12; 2-3 years' experience as a cashier; own transport", 2),
    ("NQF 6 with 3 years relevant working experience, 1 of which at supervisory level", 3),
    ("Total experience required: 10 years, including 4 years in a leadership position", 10),
    ("10 years of experience (at least 3 of them abroad)", 10),
    ("Degree plus 3 years, or no degree plus 6 years of experience", 3),
    ("High school + 5 yrs; Associate's + 3 yrs; Bachelor's + 1 yr experience", 1),
    ("Either a degree or at least 3 years of relevant experience", None),
    ("Degree or equivalent experience (3+ years)", None),
    ("Degree preferred; 3 years of experience required", 3),
    ("PhD, or MSc with 2 years of experience", 2),
    ("Bonus: 5 years of Rust. Required: 1 year of anything.", 1),
    ("Nice to have\n5 years of Rust\nRequired\n1 year of anything", 1),
    ("Requirements (required unless noted)\n- 4 years of Java\n- 2 years of Kotlin (nice to have)", 4),
    ("Skills\nJava – 4 years – required\nKotlin – 2 years – nice to have", 4),
    ("Java 4 yrs (M), Kotlin 2 yrs (N2H)", None),
    ("Must-have: 3 years' experience in procurement. Nice-to-have: 1 year in construction.", 3),
    ("We offer 3 years of support, 5 weeks of holiday and 2 years of warranty.", None),
    ("The bridge has a service life of 50 years; you have 3 years of experience in steel.", 3),
    ("Your tasks: maintain a 10-year plan; your profile: 5 years in planning", 5),
    ("2 years ago we began; today we need you, with 3 years of sales behind you.", 3),
]


@each_row(("sentence", "years"), SENTENCES)
def test_a_sentence_is_read_as_it_is_meant(sentence: str, years: int | None) -> None:
    read = experience(sentence)

    assert (read.min_years if read.stated else None) == years
