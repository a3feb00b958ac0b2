"""The parts of a job post as its headings name them, in many languages. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from jpt.text.late import late

Part = Literal["duties", "needs", "role", "extra", "offer", "applying"]

STRONG: frozenset[Part] = frozenset({"duties", "needs", "role", "extra"})
"""Parts that only job posts have; a careers hub speaks of offers and of applying too."""

_LONGEST = 90
_MOST_LINES = 20_000


def parts_of(lines: Iterable[str]) -> dict[Part, str]:
    """Return the parts of a job post that headings among *lines* begin, each with its first heading."""
    found: dict[Part, str] = {}
    for number, line in enumerate(lines):
        if number >= _MOST_LINES or len(found) == len(_PARTS):
            break
        # A star marks the field of a form, which may ask for experience or salary, too.
        if 3 < len(line) <= _LONGEST and not line.endswith("*") and (part := part_named(line)):
            found.setdefault(part, line)
    return found


def part_named(heading: str) -> Part | None:
    """Return the part of a job post that *heading* begins; None for any other text."""
    words = _EDGE.sub("", heading[:_LONGEST]).strip()
    if words.count(" ") > 9:
        return None
    return next((part for part, pattern in _PARTS.items() if pattern.search(words)), None)


def glued_parts(text: str) -> dict[Part, str]:
    """Return the parts whose headings stand within the lines of a *text* that lost its line breaks."""
    found: dict[Part, str] = {}
    for heading in _GLUED.finditer(text[:_MOST_GLUED]):
        if part := part_named(heading[0]):
            found.setdefault(part, heading[0])
    return found


_MOST_GLUED = 50_000
_GLUED = late(
    r"\b(?:Key |Job |Main |Essential )?(?:Responsibilities|Requirements|Qualifications|Duties)"
    r"|\b(?:Job|Role|Position) (?:Description|Overview|Summary|Purpose)|About (?:the|this) (?:Role"
    r"|Position|Job|role)"
    r"|What (?:You|you)(?:'|’)?(?:ll)?(?: (?:Will|will))? (?:Do|do|Bring|bring|Need|need)"
    r"|Nice to [Hh]ave|Preferred (?:Qualifications|Skills)"
    r"|(?:Deine|Ihre) Aufgaben|(?:Dein|Ihr) Profil|(?:Vos|Tes) missions|Votre profil|Requisitos"
    r"|Responsabilidades|Requisiti"
)
"""Capitalised headings of English and a few other languages: within a line only capitals tell them."""

_EDGE = late(r"^[^\w¿]{0,8}(?:\d{1,2}[.):]\s?)?|[\s:：.…!?？*_-]{0,8}$")

_S = "['’]"


def _any(*alternatives: str) -> re.Pattern[str]:
    return late("|".join(alternatives), re.IGNORECASE)


_PARTS: dict[Part, re.Pattern[str]] = {
    "extra": _any(
        r"\bnice[- ]to[- ]haves?\b|^bonus (?:points|qualifications|skills|if)|^(?:preferred"
        r"|desired|desirable|additional|optional)"
        r" (?:qualifications?|skills|requirements|experience|criteria|attributes)"
        r"|^extra (?:points|credit)|^even better",
        r"^(?:it(?:'|’)s a |a )?(?:big |huge |definite )?plus(?:es)? if\b|^(?:pluses|desirable"
        r"|would be a plus)$|^what would be (?:great|nice)",
        r"^(?:von vorteil|wünschenswert|idealerweise|das wäre (?:toll|super))|^(?:les plus"
        r"|atouts|serait un plus)"
        r"|^(?:se valorará|valorable|deseable|diferenciais|desejável|requisiti preferenziali"
        r"|costituisc)|^(?:pré|pre)?\W?(?:pluspunten|mile widziane|meriterande|fördelaktigt)"
        r"|^歓迎(?:要件|条件|スキル|する)|^加分|^우대",
    ),
    "needs": _any(
        r"\b(?:requirements?|qualifications?|prerequisites|must[- ]haves?"
        r"|eligibility(?: criteria)?|selection criteria|essential criteria)\b",
        r"^what (?:do|are|will) we (?:expect|require|need|look|ask)|^what (?:is|are) (?:expected"
        r"|required|needed)",
        r"\bwhat (?:you(?:'|’)?(?:ll)? ?(?:will )?(?:bring|need|have|offer)|we(?:'|’)?(?:re"
        r"| are)? ?(?:look(?:ing)? for|need|expect|require|want|seek(?:ing)?)|it takes|makes you"
        r"|skills)",
        r"^(?:the )?(?:skills?|experience|knowledge|expertise|education|abilities|competenc(?:y"
        r"|ies|es)|background|credentials)(?: ?(?:and|&|/|,|\+) ?\w+(?:[ ,/&]+\w+){0,3}[ ,/&]*"
        r"| (?:required|needed|requirements?|you(?:'|’)?ll need))?$",
        r"\b(?:required|minimum|key|essential|technical|core|basic|necessary|relevant"
        r"|your) (?:technical |professional |work |education )?(?:skills?|experience"
        r"|competenc\w{1,4}|expertise|knowledge|education|background|abilities|attributes)\b",
        r"^(?:about you|who you are|who are you|you(?:r profile| are"
        r"| have(?! (?:an? |any |the )?(?:questions?|right|been|success|subscri|unsubscri)"
        r"| read| no )| bring)\b|you(?:'"
        r"|’)re\b|you(?:'|’)ve\b|your (?:background|strengths|talents|skills)|who we(?:'"
        r"|’)?(?:re| are) looking for|who (?:should|can) apply|you (?:may|might|could|will|would"
        r"|should) (?:be|also be|have)\b|ideal candidate|the ideal (?:candidate|applicant"
        r"|person)|(?:candidate|ideal|person|applicant) (?:profile|specification)|is this you"
        r"|sounds? like you|are you the (?:one|right)|we(?:'|’)?(?:d| would) (?:love"
        r"|like) (?:you )?to|to be successful|to succeed|why you(?! (?:should|need|want|will love|can)\b))",
        r"^(?:dein|ihr|das) profil|^profil$|\b(?:anforderungen|anforderungsprofil"
        r"|qualifikation(?:en)?|voraussetzungen|kenntnisse)\b|^das (?:bringst|bringen|erwarten"
        r"|solltest|zeichnet|brauchst)|^was (?:du|sie) (?:mitbring|brauch)|^(?:du bringst"
        r"|sie bringen|wir erwarten|wen wir suchen|was wir (?:erwarten|suchen)"
        r"|damit (?:überzeugst|begeisterst|punktest)|dich zeichnet|das bist du|wer du bist"
        r"|über dich|so bist du|deine (?:skills|stärken|fähigkeiten|erfahrung))",
        r"^(?:le |votre |ton |son )?profil\b|\b(?:compétences|qualités|expérience"
        r"|formation) (?:requises?|attendues?|recherchée?s?|et )|^(?:compétences|pré-?requis"
        r"|exigences|qualifications|vos atouts|ce que (?:nous recherchons|vous apportez)"
        r"|qui êtes-vous|vous êtes(?! (?:désormais|maintenant|bien|déjà|ici|abonné|inscrit|connecté)))\b",
        r"\b(?:requisitos|requerimientos|cualificaci[oó]n|habilidades|qualifica[cç][oõ]es"
        r"|exig[eê]ncias|conhecimentos|compet[eê]ncias)\b|^(?:perfil|(?:tu|su|o seu|seu) perfil"
        r"|qu[eé] buscamos|lo que buscamos|o que (?:procuramos|esperamos|buscamos)"
        r"|experiencia (?:requerida|y)|formación (?:requerida|y))",
        r"\brequisiti\b|^(?:profilo|il tuo profilo|competenze|cosa cerchiamo|chi cerchiamo|chi sei)\b",
        r"\b(?:functie-?eisen|jouw profiel|profiel|vereisten|kwalificaties)\b"
        r"|^(?:wat (?:vragen wij|wij vragen|we vragen|breng jij mee|neem jij mee|jij meebrengt)"
        r"|wie (?:ben jij|zoeken wij|jij bent)|dit (?:ben|breng|heb) jij|wij zoeken|jij (?:bent"
        r"|hebt))",
        r"\b(?:kvalifikationer|kvalifikasjoner|kompetens|kompetencer|kravprofil|egenskaper"
        r"|erfarenheter)\b|^(?:vi söker dig|din profil|din bakgrund|dina? kvalifikation"
        r"|vem är du|om dig|om deg|om dig|hvem er du|vi leter etter|vi søger|vi ser etter"
        r"|du har)|^(?:odotamme|edellytämme|vaatimukset|etsimme|hakijalta)\b",
        r"\b(?:wymagania|oczekiwania|kwalifikacje|oczekujemy|požadavky|požadujeme|požiadavky"
        r"|tələblər|namizədə tələb\w*"
        r"|očekáváme|elvárások|elvárásaink|cerințe|cerinte|nitelikler|aranan|gereksinimler"
        r"|требования|ожидаем|вимоги|очікуємо|απαραίτητα|προσόντα)\b",
        r"\b(?:uvjeti|uslovi|zahtjevi|zahtevi|očekujemo|tražimo|kvalifikacije|pričakujemo|pogoji|изисквания"
        r"|квалификации"
        r"|απαιτούμενα|δεξιότητες|προφίλ υποψηφίου|ootused|nõudmised|nõuded|ootame|hæfniskröfur|kröfur|hæfni"
        r"|kualifikasi|persyaratan|syarat|kelayakan|kriteria|prasības|prasmes|sagaidām|reikalavimai|tikimės"
        r"|calific[ăa]ri|profilul candidatului|requisits|betekintzak)\b|yêu cầu|kỹ năng|trình độ|คุณสมบัติ"
        r"|ทักษะ"
        r"|المتطلبات|المؤهلات|متطلبات|الشروط|المهارات|شرایط احراز|نیازمندی|דרישות|כישורים|योग्यता|आवश्यकता",
        r"応募(?:要件|資格|条件)|必須(?:要件|条件|スキル|経験)|求める(?:人物|スキル|経験|能力)|求人要件|任职(?:要求|资格)|任職(?:要求|資格)|(?:工作|职位|職位|岗位|崗位|应聘|應徵)要求|岗位要求|职位要求|應徵條件"
        r"|條件要求|자격\s?요건|지원\s?자격|필수\s?(?:요건|사항)",
    ),
    "duties": _any(
        r"\b(?:responsibilit(?:y|ies)|accountabilities|(?:key|main|core|essential|principal"
        r"|primary|job|your) (?:duties|tasks|functions|job functions|activities|deliverables"
        r"|objectives|focus areas)|duties|day[- ]to[- ]day)\b",
        rf"\b(?:what|how) (?:you(?:{_S}ll| will|{_S}d| would|{_S}re)? ?(?:get to |be |going to "
        rf"|going to be |actually )?(?:do|doing|work(?:ing)? on|own|contribute|spend|achieve"
        rf"|accomplish|tackle|build|make)\b|will you|the job involves|the role involves)",
        rf"^(?:in this (?:role|position|job|capacity)\b|as (?:a|an|our) [\w /-]{{3,50}},? you"
        rf"|you(?:{_S}ll| will)\b|your (?:mission|role|impact|tasks|work|day|job|responsibilit"
        rf"|contribution|challenge|objectives|opportunity)|a (?:typical |normal )?day in|tasks$"
        rf"|mission$|the work$|the (?:challenge|mission)$|impact you)",
        r"^what (?:will|would|do|are) (?:be )?(?:you|your (?:tasks|duties|responsibilit\w+|role|job|work)\b)"
        r"(?! (?:get|mean|think|know|waiting|waiting for)\b)",
        r"\b(?:aufgaben|aufgabengebiet|aufgabenbereich|tätigkeiten|tätigkeitsschwerpunkte"
        r"|verantwortlichkeiten|verantwortung)\b|^(?:was (?:du|sie) (?:tust|tun|machst|bei uns"
        r"|erwartet)|was dich erwartet|das erwartet (?:dich|sie)|dein(?:e)? (?:job|rolle|mission"
        r"|einsatz)|darum geht|das machst du|das wirst du)",
        r"^(?:vos |tes |les |ses |nos |votre |ta |la )?(?:missions?|responsabilités|tâches"
        r"|activités)\b|^(?:votre rôle|ce que vous ferez|vous serez|au quotidien|en tant que)",
        r"\b(?:responsabilidades|funciones|tareas|fun[cç][oõ]es|atribui[cç][oõ]es|atividades)\b"
        r"|^(?:qu[eé] har[aá]s|tu misi[oó]n|o que (?:vais|vai|você vai) fazer|misi[oó]n"
        r"|sua miss[aã]o)",
        r"\b(?:responsabilità|mansioni|attività)\b|^(?:cosa farai|il tuo ruolo|di cosa ti occuperai)",
        r"^(?:jouw |je |de )?taken$|\b(?:werkzaamheden|taakomschrijving|verantwoordelijkheden)\b"
        r"|^(?:wat (?:ga je"
        r"|je gaat|jij gaat|ga jij) doen|dit ga je doen|de functie|jouw (?:rol|functie|taken)"
        r"|functieomschrijving|als [\w -]{3,40} (?:ben|ga) j)",
        r"\b(?:arbetsuppgifter|arbejdsopgaver|arbeidsoppgaver|ansvarsområden|ansvarsområder"
        r"|oppgaver|opgaver|ansvar)\b|^(?:dina uppgifter|dine opgaver|dine oppgaver|om (?:rollen"
        r"|tjänsten|jobbet|stillingen)|vad du kommer|hva du|hvad du|tehtävät|tehtävänkuva"
        r"|työtehtävät|mitä pääset)",
        r"\b(?:obowiązki|zakres obowiązków|zadania|náplň práce|pracovní náplň|pracovná náplň"
        r"|(?:vəzifə )?öhdəlikləri?"
        r"|feladatok|feladataid|responsabilități|responsabilitati|sorumluluklar|iş tanımı"
        r"|обязанности|задачи|обов'язки|завдання|αρμοδιότητες|καθήκοντα)\b",
        r"\b(?:opis (?:posla|poslova|del|delovnega mesta)|odgovornosti|zadaci|dužnosti|naloge|отговорности"
        r"|задължения"
        r"|tööülesanded|töö kirjeldus|põhiülesanded|verkefni|ábyrgð|starfslýsing|starfssvið|tanggung ?jawab"
        r"|tugas"
        r"|uraian (?:tugas|pekerjaan)|pienākumi|pareigos|darbo pobūdis|atsakomybės|atribuții|sarcini|funcions"
        r"|tasques)\b"
        r"|nhiệm vụ|trách nhiệm|หน้าที่|ความรับผิดชอบ|ลักษณะงาน|المسؤوليات|المهام|الواجبات|وظایف|תחומי אחריות"
        r"|जिम्मेदारि",
        r"(?:業務|仕事|職務)(?:内容|概要)|主な業務|具体的な|主要業務|お任せ|岗位职责|崗位職責|工作(?:职责|職責|内容|內容)|职位描述|工作描述|주요\s?업무|담당\s?업무"
        r"|업무\s?(?:내용|소개)",
    ),
    "role": _any(
        r"^(?:about|overview of|details of|summary of)(?: the| this| your)? (?:role|position|job"
        r"|opportunity|internship|vacancy|post|project|assignment)\b",
        r"\b(?:job|position|role|internship|vacancy) (?:overview|summary"
        r"|description|purpose|details|profile|brief|outline|information|title|type)\b",
        r"^(?:the|your|our) (?:role|position|opportunity|job|internship)$"
        r"|^(?:overall )?purpose(?: of (?:the )?(?:role|job|position))?$|^description$"
        r"|^position$|^(?:why this role|why (?:we(?:'|’)re|are we) hiring)",
        r"^(?:über die (?:stelle|position|rolle)|stellenbeschreibung|die (?:stelle|position"
        r"|rolle)|deine rolle|ihre rolle|zur stelle)|^(?:le poste|description du poste"
        r"|à propos du (?:poste|rôle)|votre mission|contexte)|^(?:descripci[oó]n (?:del"
        r"|de la) (?:puesto|empleo|oferta|trabajo)|sobre (?:el|la|a) (?:puesto|posici[oó]n|vaga)"
        r"|descri[cç][aã]o (?:da vaga|do cargo))",
        r"^(?:descrizione|la posizione|il ruolo)|^(?:over de (?:functie|vacature)"
        r"|functie(?:omschrijving|inhoud)|vacature(?:tekst|omschrijving))|^(?:om (?:rollen"
        r"|tjänsten|stillingen|jobbet)|beskrivning|o stanowisku|opis stanowiska|popis pozice"
        r"|o pozici|a pozícióról|o (?:вакансии|роли)|описание вакансии|о вакансии)",
        r"^(?:(?:bản )?mô tả|deskripsi pekerjaan|descrierea postului|περιγραφή (?:θέσης|εργασίας)"
        r"|описание на (?:длъжността|позицията)"
        r"|amata apraksts|darba apraksts|darbo aprašymas|opis radnog mj?esta|o poziciji|um starfið|ametikoha)"
        r"|รายละเอียดงาน|الوصف الوظيفي|وصف الوظيفة|شرح شغل|תיאור (?:ה?תפקיד|ה?משרה)|कार्य विवरण",
        r"募集(?:要項|背景|職種)|ポジション(?:概要|について)|(?:勤務地|雇用形態|給与|勤務時間)$|포지션\s?소개",
    ),
    "applying": _any(
        r"^(?:how to apply|application (?:process|procedure|instructions|deadline|form)|to apply"
        r"|apply(?: now| for this| here| today)?|interested|sounds? (?:good|interesting|like)"
        r"|(?:our |the )?(?:interview|hiring|recruitment|selection) (?:process|steps)|next steps"
        r"|submit your application|ready to apply)\b",
        r"\bbewerb(?:ung|en|ungsprozess)\b|^(?:kontakt|ansprechpartner|haben wir|interesse)"
        r"|^(?:postuler|candidature|pour postuler|processus de recrutement)"
        r"|^(?:c[oó]mo (?:aplicar|postular)|inscribirse|candidat[ae]|come candidarsi"
        r"|solliciteren|sollicitatieprocedure|interesse|ansök|søk|ansøg|hae|aplikuj"
        r"|jak aplikovat|откликнуться)",
        r"選考|応募(?:方法|する)|申请|应聘|지원\s?방법|채용\s?절차",
    ),
    "offer": _any(
        rf"\b(?:what we offer|we offer|what(?:{_S}s| is) in it for you|benefits|perks"
        rf"|compensation|remuneration|salary|why (?:join|work|us)|what you(?:{_S}ll)? get"
        rf"|our offer|pay range|total rewards)\b",
        r"\b(?:wir bieten|unser angebot|benefits|vorteile|das bieten wir|gehalt|vergütung)\b"
        r"|^was (?:wir (?:dir |ihnen )?bieten|dich)|\b(?:nous offrons|avantages|rémunération"
        r"|ce que nous)\b|\b(?:ofrecemos|beneficios|benef[ií]cios|oferecemos|offriamo"
        r"|cosa offriamo|wij bieden|wat bieden|wat wij bieden|arbeidsvoorwaarden|vi erbjuder"
        r"|vi tilbyr|vi tilbyder|tarjoamme|oferujemy|nabízíme|ponúkame|amit kínálunk|oferim"
        r"|мы предлагаем|пропонуємо)\b",
        r"\b(?:nudimo|ponujamo|предлагаме|προσφέρουμε|παροχές|pakume|í boði|keuntungan|piedāvājam|siūlome)\b"
        r"|quyền lợi|phúc lợi|สวัสดิการ|المزايا|מה אנחנו מציעים",
        r"待遇|福利厚生|福利待遇|薪资|복리후생|혜택",
    ),
}
"""Sources: headings of adverts by language; the order decides where one heading fits several."""
