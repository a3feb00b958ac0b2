"""How pages say that nothing is open, in many languages. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.text.clean import clean_line
from jpt.text.late import late

_SEARCHED = 200_000


@lru_cache(maxsize=4)
def says_none(text: str) -> str:
    """Return the page's own words that nothing is open, at most 120 characters; empty without them.

    A condition ("if there is no position for you…") states nothing, nor does a bare count of 0, which
    lists show while they load.
    """
    for line in text[:_SEARCHED].splitlines():
        for sentence in _SENTENCE.split(line[:1_000]):
            if _NONE.search(sentence) and not _CONDITION.search(sentence):
                return clean_line(sentence, 120)
    return ""


_SENTENCE = late(r"(?<=[.!?。！？])\s?")
_CONDITION = late(
    r"\b(?:if|even when|whenever|unless|should there|when there|in case|wenn|falls|sollte|sollten"
    r"|s['’]il n['’]y|si (?:no|aucun|il n)"
    r"|se (?:non|não)|als er geen|mocht|om det inte|hvis|jeśli|jeżeli|pokud|если)\b"
    r"|\b(?:match(?:es)?|fits?|suits?) (?:your (?:profile|skills)|you)\b"
    r"|[àa] (?:votre|ton|tu|su) p(?:rofil|erfil)\b"
    r"|\b(?:dein|ihr)(?:em)? profil\b|\bal tuo profilo\b",
    re.IGNORECASE,
)

_KIND = (
    r"(?:open|opened|current|currently|available|active|suitable|new|vacant|advertised|live|published"
    r"|matching|job|career|employment|other|relevant)"
)
_POST = r"(?:jobs?|positions?|openings?|vacanc(?:y|ies)|opportunit(?:y|ies)|roles?|postings?|listings?)"
_NONE = late(
    # English
    rf"\b(?:no|any|zero)\s(?:{_KIND}\s){{0,4}}{_POST}\s(?:(?:are|is|were|currently|right|to|that"
    rf"|which|posted|listed|open"
    rf"|at|found|available|match|matched|meet|match(?:es|ing)?|yet|now|for now|here|exist)\b|$)(?<!any jobs)"
    rf"|\b(?:there (?:are|is)|there(?:'|’)s|we have|we(?:'|’)ve got"
    rf"|we currently have)\s(?:(?:currently|presently|now)\s)?no\s"
    rf"(?:{_KIND}\s){{0,4}}{_POST}\b"
    rf"|(?:n['’]t|not)\s(?:(?:currently|presently)\s)?(?:have|any|are)\s(?:(?:currently"
    rf"|any)\s){{0,2}}(?:{_KIND}\s){{0,4}}{_POST}\b"
    rf"|^\W{{0,3}}(?:sorry,?\s)?no\s(?:{_KIND}\s){{0,4}}(?:{_POST}|results)(?:\sfound|\savailable)?\W{{0,3}}$"
    r"|\b0 (?:jobs|results|positions|vacancies|openings) (?:were )?found\b|\bno (?:results"
    r"|matches) (?:were )?found\b"
    r"|\bnothing (?:is )?open (?:right now|at the moment|currently|just now)|^\W{0,3}0 (?:open|current|available) "
    r"(?:jobs|roles|positions|vacancies|openings)\W{0,3}$"
    r"|\bnot (?:currently |presently |actively )?(?:hiring|recruiting)\b|\bno vacancies\b"
    r"|\ball (?:of our )?(?:open )?positions (?:are|have been) (?:currently )?filled\b"
    # German
    r"|\bkeine (?:aktuellen |offenen |freien |passenden |vakanten ){0,2}(?:stellen|stellenangebote"
    r"|stellenanzeigen|jobs|positionen|vakanzen|treffer|ergebnisse)\b"
    r"|\b(?:stellenangebote|stellen|jobs) (?:wurden )?(?:nicht|keine) gefunden\b"
    r"|\balle (?:unsere )?(?:stellen|positionen) (?:sind )?(?:derzeit |aktuell )?besetzt\b"
    r"|\bsind alle (?:stellen|positionen)"
    r" (?:derzeit )?besetzt\b|\bsuchen wir (?:derzeit |aktuell |momentan )?keine (?:verstärkung|mitarbeiter|neuen)"
    r"|\bnie prowadzimy (?:\w+ ){0,2}rekrutacji|\bsøger (?:vi )?ikke (?:\w+ ){0,2}(?:medarbejdere|medarbeidere)"
    # French
    r"|\b(?:aucun|aucune|pas d['’]|pas de) ?(?:offres?|postes?|opportunités?|annonces?|résultats?"
    r"|emplois?)\b(?! ne )|\baucun(?:e)? (?:offre|poste|annonce)\b"
    # Spanish, Portuguese, Italian
    r"|\bno (?:hay|tenemos|existen|se encontraron|se han encontrado) (?:\w+ ){0,3}?(?:ofertas"
    r"|vacantes|puestos|empleos|resultados|posiciones)\b"
    r"|\b(?:não há|não temos|não existem|sem|nenhuma|nenhum) (?:\w+ ){0,3}?(?:vagas?|oportunidades?"
    r"|ofertas?|resultados?)\b"
    r"|\b(?:non ci sono|non abbiamo|nessuna|nessun) (?:\w+ ){0,3}?(?:posizion[ie]|offert[ae]"
    r"|annunci[o]?|opportunità|risultat[io])\b"
    # Dutch and the Nordic languages
    r"|\b(?:geen|op dit moment geen) (?:openstaande |actuele |passende ){0,2}(?:vacatures|functies"
    r"|resultaten)\b"
    r"|\b(?:inga|för närvarande inga|det finns inga) (?:lediga |öppna |aktuella ){0,2}(?:tjänster"
    r"|jobb|positioner|annonser)\b"
    r"|\bingen (?:ledige |åbne |aktuelle |åpne ){0,2}(?:stillinger|jobs?|jobber|job)\b"
    r"|\b(?:ei|ole) (?:tällä hetkellä |avoimia ){1,2}(?:työpaikkoja|tehtäviä|paikkoja)\b|\bei avoimia\b"
    # Polish, Czech, Slovak, Hungarian, Romanian, Turkish, Russian
    r"|\b(?:brak|nie ma|nie mamy) (?:\w+ ){0,2}?(?:ofert|wakatów|ogłoszeń|wyników)\b"
    r"|\b(?:žádné|nemáme|momentálně nejsou) (?:\w+ ){0,3}?(?:pozice|místa|nabídky|pracovní)\b"
    r"|\bnincs(?:enek)? (?:\w+ ){0,3}?(?:állás|pozíció)"
    r"|\bnu (?:sunt|există|avem) (?:\w+ ){0,3}?(?:posturi|locuri|joburi)\b"
    r"|\baçık pozisyon(?:umuz)? (?:bulunma|yok)"
    r"|\b(?:нет|отсутствуют) (?:\w+ ){0,2}?ваканси[йи]\b|\bвакансий (?:\w+ ){0,2}?нет\b"
    r"|\bнемає (?:\w+ ){0,2}?вакансій\b"
    # Japanese, Chinese, Korean
    r"|(?:募集|求人|ポジション|職種)[^。\n]{0,20}(?:ありません|行っておりません|おりません|ございません)"
    r"|(?:暂无|没有|沒有|目前無|暫無)[^。\n]{0,10}(?:职位|職位|岗位|職缺|招聘)"
    r"|(?:진행|채용)[^.\n]{0,20}(?:없습니다|공고가 없)",
    re.IGNORECASE,
)
"""A statement that nothing is open, in one sentence."""
