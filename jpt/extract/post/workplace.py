"""Where the work is done, as a post states it: remote, hybrid or onsite. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from jpt.text.late import late
from jpt.text.stretches import stretches

Workplace = Literal["remote", "hybrid", "onsite"]
_ORDER: tuple[Workplace, ...] = ("hybrid", "remote", "onsite")

_MOST = 200_000


def workplace(text: str, named: Sequence[str]) -> Workplace | None:
    """Return where the work is done: what the lines in *named* say of it, else what sentences of *text* do.

    Of several statements one of both (hybrid) comes first: "remote or in the office" is that.
    """
    for words in named:
        if kind := kind_of(words):
            return kind
    said = {
        name
        for start, end in stretches(text[:_MOST], _SIGN, _AHEAD, _BEHIND)
        for found in _SAID.finditer(text, start, end)
        if not _COURSE.search(text, max(0, found.start() - _NEAR), found.start())
        for name in _SAID.groupindex
        if found[name]
    }
    kinds = {name.rstrip("0123456789") for name in said}
    if "no" in kinds:
        kinds -= {"remote", "hybrid"}
        kinds.add("onsite")
    return next((kind for kind in _ORDER if kind in kinds), None)


_NEAR = 90
_COURSE = late(r"\b(?:cursos?|formaci[oó]n|clases?|courses?|formation|training)\b[^.\n]*$", re.IGNORECASE)
"""What is taught so, not what is done."""
_SIGN = (
    "remot", "hybr", "híbr", "hibr", "home", "huis", "travail", "teletra", "office", "telework", "tele-work",
    "wfh", "premise", "on-site", "onsite", " site", "in-per", "in per", "presencial", "anywh", "mobile arb",
    "mobiles arb", "zu haus",
)  # fmt: skip
"""What every match of `_SAID` has in it, quick to look for."""
_AHEAD, _BEHIND = 90, 90
"""Characters that a match may reach beyond its sign."""


def in_title(title: str) -> str:
    """Return the words of a title for where the work is done: `Remote DevOps Engineer`, `Analyst (Hybrid)`."""
    return " ".join(found[0] for found in _TITLE.finditer(title[:300]))


def kind_of(words: str) -> Workplace | None:
    """Read a few words that are about nothing else: a field's value, a tag, a place."""
    kinds = {name for found in _KIND.finditer(words) for name in _KIND.groupindex if found[name]}
    if {"remote", "onsite"} <= kinds:
        return "hybrid"
    return next((kind for kind in _ORDER if kind in kinds), None)


_KIND = late(
    r"(?P<hybrid>\bh[yíi]bri|\bibrido|hybrydow|partly remote|partially remote|teilweise remote)"
    r"|(?P<remote>(?<!no )(?<!not )\bremot|home ?office|télétravail|teletrabajo|zdaln|work from home"
    r"|thuiswerk|リモート)"
    r"|(?P<onsite>\bon-?\s?site\b|in-?\s?office|on[- ]premises?|full-?time office|in[- ]person|vor ort|présentiel"
    r"|presencial|op locatie)",
    re.IGNORECASE,
)
_TITLE = late(
    r"\bh[íi]brid[oa]\b|\bpresencial\b|\btélétravail\b|\bhybride\b"
    r"|\b(?:remote|hybrid|on-?site)\b(?! ?(?:sensing|support|monitoring|access|pilot|operations?"
    r"|cloud|vehicles?|systems?|hands"
    r"|patient|care|learning|assistance|diagnos\w+|powertrain|electric|seeds?|services?|it support"
    r"|manager of|infrastructure|app"
    r"|mobile|integration))",
    re.IGNORECASE,
)
_DAYS = r"(?:\d|one|two|three|four|zwei|drei|deux|trois|dos|tres|twee|drie)"
_SOME_DAYS = r"(?:[1-4]|one|two|three|four|zwei|drei|vier|deux|trois|quatre|dos|tres|cuatro)"
"""Fewer than a week has."""
_SAID = late(
    # what says that it is neither
    r"(?P<no>\b(?:not (?:a )?remote (?:role|position|job)|no remote\b|remote (?:work |candidates? "
    r"|applicants? )?(?:is |are |will )?"
    r"not (?:be )?(?:an option|possible|available|considered|offered|permitted)|hybrid not an option"
    r"|not (?:be )?(?:remote eligible|eligible for (?:telework,? (?:or )?)?remote)"
    r"|remote type\s?[-:]\s?office)"
    r"|kein homeoffice|no (?:es )?teletrabajo)"
    # tags
    r"|#[A-Z]{2}[-_](?:(?P<hybrid1>hybrid)|(?P<remote1>remote)|(?P<onsite1>on-?site))\b"
    # hybrid
    r"|(?P<hybrid3>\bhybrid(?:e|es)? (?:werk\w*|& flexible)|\bwerk(?:en|t|je)? (?:\w+ )?['‘\"]?hybride?(?![a-z])"
    r"|\b(?:modalidad|trabajo|formato|modelo|puesto|jornada)\b.{0,20}\bh[íi]brid[oa]\b"
    rf"|\b{_DAYS} (?:days? in[- ])?office days\b"
    r"|\bon-?site and home[- ]?office\b|\bhome[- ]?office and on-?site\b"
    r"|\bmix(?:ture)? of (?:home|remote) and (?:office|on-?site)"
    r"|\bhybrid in (?:both|all|our|either)\b|\bhybride te werken\b|(?:^|\n|\s{3})hybrid(?=\s{3}|\n|, [A-Z])"
    r"|\bhybrid (?:oder|or|und|and|/) ?remote\b|\bremote (?:oder|or) hybrid\b"
    r"|\b(?:bis zu|max\.?) \d{1,2} ?% (?:home-?\s?office|remote|mobil\w*)"
    r"|\bkantoor[^.\n]{0,30}\bvanuit huis\b"
    r"|\bcombination of working from home and\b|\b(?:zowel )?(?:vanuit huis|thuis) als op (?:het )?kantoor"
    rf"|\b{_DAYS}(?: ?[-–] ?\d)? days? (?:from|at) home\b"
    r"|\b(?:work(?:ing)? (?:from home|at home|remotely|remote)|remote work(?:ing)?|home ?office)"
    rf" (?:(?:is )?(?:possible|allowed|permitted) )?(?:(?:on|for|up to|at least|about) ){{0,2}}{_SOME_DAYS}"
    rf"(?: ?(?:[-–]|to|or) ?{_SOME_DAYS})? days?\b"
    rf"|\b{_SOME_DAYS} days? (?:of )?(?:home ?office|remote work|telework)"
    rf"|\bhome-?\s?office (?:an )?(?:bis zu )?{_SOME_DAYS} tage?n?\b"
    rf"|\b{_SOME_DAYS} tage?n? (?:pro|in der|die) woche (?:im home|von zu ?hause|remote|mobil)"
    rf"|\b(?:télétravail|teletrabajo) (?:jusqu'à |hasta )?{_SOME_DAYS} (?:jours?|días?)\b"
    rf"|\bhome-?\s?office(?:[ -]m[öo]glichkeit|-tage)?\W{{1,3}}(?:bis zu )?{_DAYS} tage?\b"
    rf"|\b(?:minimaal|tenminste|mindestens|au moins|al menos) {_DAYS} (?:dag(?:en)?|tage?|jours?|días?)"
    r" (?:per|pro|par|por|a la|in der) (?:week|woche|semaine|semana)"
    r" (?:op (?:het )?kantoor|im büro|au bureau|en la oficina)"
    r"|part[- ]time telework|telework(?: type)?:? (?:hybrid|part\w*)"
    rf"|\b(?:up to )?{_DAYS}(?: ?[-–] ?\d)? days? (?:a|per|each) weeks? (?:of )?(?:remote|home|telework)"
    r"|thuis en op kantoor|(?:deels"
    r"|gedeeltelijk) thuis"
    r"|thuis_? (?:en|of|/) ?(?:op )?kantoor|thuiswerkmogelijk\w*|huis en/of kantoor|partially (?:on-?site"
    r"|remote)"
    r"|\b(?:possibility|options?|opportunit(?:y|ies)|chance|flexibility) (?:to|of) (?:work(?:ing)? )(?:from home"
    r"|remotely)"
    r"|(?:\d|two|three|choice) days? (?:a|per|each) week (?:from home|remote(?:ly)?)|up to \d{1,3} ?% (?:remote"
    r"|home office)"
    r"|remote work up to \d{1,3} ?%|home ?office (?:possible|possibility|options?|möglich)|remote work options"
    r"|\bwith remote options?\b"
    r"|work from home (?:opportunit|options?|possib)|\boffices? or (?:work )?remotely\b"
    rf"|\boffice {_DAYS}(?: ?[-–] ?\d)? times (?:a|per) week"
    r"|on-?site\s?/\s?hybrid|remote work is (?:allowed|possible|permitted)|remote \d days? (?:a|per) week"
    r"|(?:occasionally|sometimes) (?:need to )?(?:work|working) (?:from home|remotely))"
    r"|(?P<hybrid2>\bhybrid(?:es|e)?[- ](?:work\w*|schedule|model(?!s|ing|l)|role(?!s| (?:bridges|combin"
    r"|that|which|with))|position|job|mode\b|set-?up|office"
    r"|working|approach|basis"
    r"|pattern|policy|team|opportunit\w+|arrangement|remote|flexib\w+|environment|arbeit\w*|in-office"
    r"|of office)"
    r"|\b(?:smart|flexible|office-centric|our|offer\w*|with|be|is|a) hybrid (?:work\w*|model|schedule"
    r"|arrangement|role|position"
    r"|of (?:office|home))"
    r"|[(\[,/|:]\s?hybrid\b(?! cloud| app| mobile| car| vehicle| seed)"
    rf"|\b{_DAYS}(?: ?[-–] ?\d)?[- ]days?(?: (?:a|per|each) week|/week)? (?:in|from|at|on)[- ](?:the "
    rf"|our )?(?:office|site)\b"
    rf"|\b{_DAYS} (?:tage?|jours?|días?|dagen?)(?: (?:pro|par|por|per) \w+)? (?:im |de "
    rf"|en )?(?:home ?office"
    rf"|télétravail"
    r"|teletrabajo|thuis)|mobiles? arbeiten|home-?office-(?:möglichkeit|regelung|tage)"
    r"|télétravail (?:partiel|possible)"
    r"|(?:office|home) and (?:home|office)[- ]work\w*|flexibility to work from home|thuiswerken (?:mogelijk"
    r"|is mogelijk))"
    # remote
    r"|(?P<remote3>\b(?:100 ?%|fully|full)[ -](?:time )?remote(?:ly)?\b(?!,? depending)"
    r"|\b(?:role|position|job) is remote\b"
    r"|\bfrom the comfort of your (?:own )?home\b"
    r"|\bin a remote environment\b|\bvia remote work\b|(?:[|]|(?<=[^\n] )-) (?:[A-Z]{2,12} )?REMOTE\b"
    r"|\blocation:? (?:100 ?% |fully )?remote\b|\b(?:full(?:y|-time)?|100 ?%) (?:wfh|work from home)\b)"
    r"|(?P<remote2>\b(?:fully|100 ?%|completely|entirely) remote\b(?!,? depending)|\bremote[- ]first\b"
    r"|(?<!bility to )(?<!options to )(?<!option to )\bwork(?:ing)? (?:fully )?remotely\b"
    r"|\bremote[- ](?:position|role|job|opportunit\w+|eligible|ok\b|us\b|usa\b|uk\b|eu\b|only|employment)"
    r"|(?<!bility to )(?<!options to )(?<!option to )(?<!need to )(?<!nity to )(?<!nities to )(?<!such as )"
    r"\bwork (?:from (?:home|anywhere)"
    r"|remote)\b"
    r"(?! stipend| allowance| equipment| days| discount| budget| up to| opportunit| option| possib)"
    r"|[(\[,/|:]\s?(?:fully )?remote\b(?! (?:work(?:ing)? )?(?:options?|possib|days|flex)| und | oder Teilzeit)"
    r"|\bor remote\b(?! (?:roles|positions|jobs) (?:that|which))"
    r"|\bremote work(?:ing)? (?:lifestyle|environment|policy"
    r"|culture)"
    r"|100 ?% télétravail|full remote|100 ?% (?:trabajo )?(?:en )?remoto|modalidad:? (?:de )?teletrabajo)"
    # onsite
    r"|(?P<onsite3>\b(?:requires?|required) (?:daily )?on-?site presence|\bwork (?:onsite|on-site) in\b"
    r"|\b(?:trabajo|forma|modalidad) presencial\b|[|] ?ON-?SITE\b|\bprefer onsite\b)"
    r"|(?P<onsite2>\b(?:position|role|job|internship|work) (?:is"
    r"|will be) (?:a )?(?:physically )?(?:located "
    r"|performed |based |fully )?"
    r"(?:on-?site|in[- ]person|in[- ](?:the )?office)\b"
    r"|\b(?:work )?location(?: assignment)?:? ?(?:in[- ]person|on-?site|on[- ]premises?)\b"
    r"|[(\[]\s?(?:on-?site|in[- ]person|in[- ]office)\b"
    r"|\b(?:fully|100 ?%|full-time,?|this is an?) (?:on[- ]?site|in[- ]person|in[- ]office)\b|\b(?:on-?site"
    r"|in[- ]office) (?:role"
    r"|position|job|only)\b|\b(?:5|five) days(?: a week)? (?:in|from|at) (?:the |our )?office"
    r"|\bworks? together on-?site\b"
    r"|\bin-person only\b|\bin-office only\b|\bon-?site only\b"
    r"|team will be in[- ]office"
    r"|set-?up:? ?(?:on-?site|in[- ]office))",
    re.IGNORECASE,
)
