"""Words of a few ideas in every language that is read; accents are gone, å stays. Pure."""

from __future__ import annotations

Table = dict[str, str]
"""Language, alternatives of a pattern in lower case."""

AT_LEAST: Table = {
    "en": r"at least|a minimum of|minimum(?: of)?|min\.?|no less than|not less than|no fewer than|least",
    "de": r"mindestens|mind\.?|wenigstens|zumindest|nicht weniger als|ab",
    "fr": r"au moins(?: de)?|minimum(?: de)?|au minimum|pas moins de|a partir de",
    "es": r"al menos(?: de)?|minimo(?: de)?|como minimo|minima(?: de)?|por lo menos(?: de)?|no menos de"
    r"|a partir de|desde",
    "nl": r"minimaal|minstens|ten minste|tenminste|op zijn minst|niet minder dan|vanaf",
    "it": r"almeno|minimo(?: di)?|minima(?: di)?|di almeno|non meno di",
    "pt": r"pelo menos(?: de)?|no minimo|minimo(?: de)?|minima(?: de)?|ao menos(?: de)?|nao menos de|a partir de",
    "sv": r"minst|atminstone|åtminstone|inte mindre an",
    "da": r"mindst|minimum|minst|ikke mindre (?:end|enn)",
    "pl": r"co najmniej|przynajmniej|minimum|min\.?|nie mniej niz|od",
}
MORE_THAN: Table = {
    "en": r"more than|over|above|nearly|almost|about|around|approx\w*\.?|some|well over|roughly|up to",
    "de": r"mehr als|uber|fast|rund|etwa|ca\.?|knapp|nahezu|ungefahr",
    "fr": r"plus de|pres de|environ|presque",
    "es": r"mas de|casi|cerca de|alrededor de|unos",
    "nl": r"meer dan|ruim|bijna|ongeveer|ca\.?|zo'n",
    "it": r"piu di|oltre|quasi|circa",
    "pt": r"mais de|quase|cerca de",
    "sv": r"mer an|over|nastan|cirka|ca\.?|drygt",
    "da": r"mere end|mer enn|over|nasten|ca\.?|cirka",
    "pl": r"ponad|powyzej|prawie|okolo|ok\.",
}
UP_TO: Table = {
    "en": r"up to|upto|(?<!not )(?<!no )less than|(?<!not )(?<!no )fewer than|under|below|no more than"
    r"|not more than"
    r"|maximum(?: of)?|max\.?(?: of)?|at most|not exceed\w*|<=?|≤|freshers? (?:to|-)|(?:beginner"
    r"|entry(?: level)?) to",
    "de": r"bis zu|maximal|hochstens|weniger als|unter|nicht mehr als",
    "fr": r"jusqu'a|debutant a|(?<!au )moins de|maximum|au plus",
    "es": r"hasta|sin experiencia a|(?<!al )(?<!lo )(?<!ao )menos de|maximo(?: de)?|como maximo|no mas de",
    "nl": r"tot|maximaal|minder dan|hooguit|ten hoogste",
    "it": r"fino a|meno di|massimo(?: di)?|al massimo",
    "pt": r"ate|(?<!al )(?<!lo )(?<!ao )menos de|no maximo|maximo(?: de)?",
    "sv": r"upp till|mindre an|hogst|max",
    "da": r"op til|opp til|mindre end|mindre enn|hojst|maks\.?|hoyst",
    "pl": r"do|mniej niz|maksymalnie|nie wiecej niz",
}
WANTED: Table = {
    "en": r"you|your|you'll|you've|you're|must|required?|requires|requiring|requirements?|candidates?"
    r"|applicants?"
    r"|minimum|min\.?|at least|least|need(?:s|ed)?|seek(?:ing|s)?|ask(?:s|ing)? for|expect(?:s|ed|ing)?"
    r"|looking|look for|qualif\w+|should|hiring|individuals?|someone|person|typically|ideal|accept|degrees?"
    r"|doctorate"
    r"|registration|bachelor\w*|master'?s|diploma|phd|possess|suit(?:s|able)?|successful|eligible"
    r"|experience required|years experience required",
    "de": r"mindestens|mind|sie|du|dich|dir|deine?[rmns]?|ihre?[nm]?|sucht|suchen|gesucht|profil|hast|haben"
    r"|verfugst|verfugen|bringst"
    r"|bringen|erwarten|erforderlich|vorausgesetzt|setzen|bewerber\w*|wenigstens|voraussetzung\w*"
    r"|anforderung\w*|notwendig",
    "fr": r"vous|votre|vos|recherch\w+|idealement|moins|minimum|exige\w*|requis\w*|candidat\w*|disposez"
    r"|justifi\w+|profil|il faut"
    r"|demande\w*|titulaire|possede\w*|necessaire",
    "es": r"usted|tienes|tengas|tener|buscamos|busca|minim[oa]|requerid\w+|requiere\w*|requisitos?|exige"
    r"|menos|imprescindible"
    r"|necesari\w+|necesitamos|candidat\w+|aport\w+|cuentes|contar|valorar\w*|acredit\w+|demostrable|pedimos"
    r"|tu|tus",
    "nl": r"jij|je|jouw|u|uw|minimaal|minstens|zoeken|bezit|hebt|heb|beschikt|beschik|vragen|vereist"
    r"|gevraagd|kandidaat|verwachten"
    r"|ten minste|tenminste|nodig|eis",
    "it": r"cerchiamo|ricerca\w*|richiest\w+|richiede|richiediamo|almeno|minim[oa]|requisit\w+|candidat\w+"
    r"|possiedi|possesso"
    r"|hai|maturat\w+|necessari\w+|indispensabile|gradit\w+",
    "pt": r"voce|tens|tenha|ter|procuramos|buscamos|exig\w+|minim[oa]|requisit\w+|candidat\w+|necessari\w+"
    r"|pelo menos|obrigatori\w+"
    r"|precisa\w*|possuir",
    "sv": r"du|dig|din|kraver|kravs|krav|minst|soker|bor|ska|behover|har|meriterande",
    "da": r"du|dig|deg|din|kraver|kraves|krav|mindst|minst|soger|soker|skal|bor|har|forventer",
    "pl": r"wymag\w+|oczekuj\w+|minimum|najmniej|przynajmniej|szukamy|poszukujemy|posiadasz|masz|kandydat\w*"
    r"|posiadani\w|niezbedn\w+",
}
WE: Table = {
    "en": r"we|we're|we've|our|ours|(?:of|with|for|to|join|joined|behind) us|company|firm|organi[sz]ation"
    r"|group|agency|corporation|practice|family"
    r"|business|inc|llc|ltd|gmbh|provider|leader in|has been|have been|was founded|serving|clients have"
    r"|brand|school|hospital"
    r"|founders?|its|has (?:grown|built|served|helped|provided|become|led|been|delivered|offered|steadily"
    r"|connected"
    r"|empowered|brought)",
    "de": r"wir|unser\w*|uns|unternehmen|firma|familienunternehmen|marktfuhrer\w*|anbieter|ag|kg",
    "fr": r"nous|notre|nos|entreprise|societe|groupe|cabinet|acteur|leader|agence|fort[e]? de",
    "es": r"nosotros|nuestr\w+|somos|llevamos|contamos|empresa|compania|grupo|firma|lider|consultora"
    r"|multinacional|entidad",
    "nl": r"wij|we|onze|ons|bedrijf|organisatie|familiebedrijf|marktleider|bureau|specialist|bestaan",
    "it": r"noi|nostr\w|siamo|abbiamo|azienda|societa|gruppo|leader|realta",
    "pt": r"nos|nossa?s?|somos|temos|contamos|empresa|companhia|grupo|lider",
    "sv": r"vi|vår|våra|vårt|foretag\w*|bolag\w*|ledande|koncern\w*",
    "da": r"vi|vores|vår|våre|virksomhed\w*|firma\w*|selskap\w*|ledende|koncern\w*",
    "pl": r"my|nasz\w*|jestesmy|firma|spolka|grupa|lider|dzialamy",
}
WITH: Table = {
    "en": r"for|with|over|nearly|almost|bring\w*|has|have|than|celebrat\w+",
    "de": r"mit|seit|uber|nach|aus|dank|durch|auf|hat|haben",
    "fr": r"avec|depuis|fort[e]? de|plus de|a|en",
    "es": r"con|desde hace|tras|mas de|llevamos|durante|de",
    "nl": r"met|al|sinds|ruim|meer dan|na|bestaan",
    "it": r"con|da|oltre|grazie a|vanta",
    "pt": r"com|ha|mais de|de",
    "sv": r"med|i|sedan|over",
    "da": r"med|i|siden|over",
    "pl": r"z|od|ponad|przez",
}
COLLEAGUES: Table = {
    "en": r"(?:manager|lead|leader|boss|head|director|ceo|cto|coo|cfo|founder|founders|co-founders?|owner"
    r"|owners|president|mentor|mentors"
    r"|coach|coaches|trainers?|buddy|colleagues?|coworkers?|co-workers|team ?mates?|peers|team|teams|staff"
    r"|chefs?|experts?|specialists"
    r"|engineers|developers|professionals|leaders|veterans|partners?|supervisor|principal|instructors?"
    r"|teachers|doctors|nurses|people"
    r"|consultants|designers|colleague|executives?|management)",
    "de": r"(?:kolleg\w+|team|leiter\w*|chef\w*|geschaftsfuhrer\w*|mentor\w*|expert\w*|vorgesetzte\w*"
    r"|ausbilder\w*|fachleute\w*)",
    "fr": r"(?:equipe|collegues|manager|responsable|directeur|experts?|fondateurs?|mentor|chef)",
    "es": r"(?:broker|manager|equipo|companeros|jefe|director|profesionales|expertos|fundadores|mentor)",
    "nl": r"(?:collega'?s?|team|leidinggevende|manager|experts?|directeur|mentor|oprichters?)",
    "it": r"(?:team|colleghi|responsabile|esperti|professionisti|fondatori)",
    "pt": r"(?:equipe|equipa|colegas|gestor|especialistas|profissionais|fundadores)",
    "sv": r"(?:kollegor|team\w*|chef|experter)",
    "da": r"(?:kolleger|kollegaer|team|leder|chef|eksperter)",
    "pl": r"(?:zesp\w+|kolegow|ekspertow|specjalistow|przelozon\w+)",
}
PREFER_BEFORE: Table = {
    "de": r"idealerweise|vorzugsweise|bevorzugt|im idealfall|am liebsten|wunschenswert(?:erweise)?",
    "fr": r"idealement|souhaitee?s?|de preference|si possible",
    "es": r"valoramos|se valora(?:ra|n|ran)?|preferiblemente|preferentemente|idealmente|deseable(?:mente)?"
    r"|valorable",
    "nl": r"bij voorkeur|idealiter|liefst|het liefst",
    "it": r"preferibilmente|idealmente|possibilmente|gradit[aoie]",
    "pt": r"preferencialmente|diferencial|de preferencia|idealmente|desejavel(?:mente)?",
    "sv": r"garna|helst|meriterande|idealiskt",
    "da": r"helst|en fordel|ideelt|fortrinsvis|optimalt",
    "pl": r"najlepiej|idealnie|mile widzian\w+|preferowan\w+|chetnie",
}
PREFER_AFTER: Table = {
    "de": r"wunschenswert|(?:ist |waere |ware )?(?:von|ein) vorteil|vorteilhaft|ein plus|gern gesehen"
    r"|bevorzugt|nicht (?:zwingend|notwendig"
    r"|erforderlich)|kein muss",
    "fr": r"souhaite\w*|un plus|un atout|apprecie\w*|preferable|pas (?:obligatoire|exigee?|indispensable"
    r"|requise?)",
    "es": r"deseable|valorable|se valora\w*|valorara\w*|preferible|un plus|no es (?:imprescindible"
    r"|necesari\w+|obligatori\w+|excluyente)",
    "nl": r"een pre|is pre|een plus|pluspunt|gewenst|mooi meegenomen|niet (?:vereist|noodzakelijk|nodig)"
    r"|heeft de voorkeur",
    "it": r"preferibile|gradit[aoie]|titolo preferenziale|un plus|preferenzial[ei]|non (?:necessari"
    r"|indispensabil|obbligatori)\w+",
    "pt": r"desejavel|(?:um )?diferencial|valorizad\w+|preferivel|nao (?:e )?(?:necessari|obrigatori)\w+",
    "sv": r"(?:ar )?meriterande|onskvart|ett plus|en merit|en fordel|fordelaktigt|inget krav",
    "da": r"en fordel|onskelig\w*|et plus|foretrukket|ikke et krav|ikke et must",
    "pl": r"mile widzian\w+|atutem|atut|plusem|nie jest wymagan\w+",
}
NEEDED: Table = {
    "en": r"required?|requires|must(?: have)?|mandatory|minimum requirement|essential",
    "de": r"erforderlich|zwingend|notwendig|voraussetzung|vorausgesetzt",
    "fr": r"exige\w*|requis\w*|obligatoire|indispensable|imperati\w+",
    "es": r"imprescindible|requerid\w+|obligatori\w+|necesari\w+|excluyente|exig\w+",
    "nl": r"vereist\w*|verplicht|noodzakelijk|een must",
    "it": r"richiest\w+|necessari\w+|indispensabil\w+|obbligatori\w+",
    "pt": r"exigid\w+|obrigatori\w+|necessari\w+|requerid\w+|imprescindivel",
    "sv": r"kravs?|kraver|krav|nodvandig\w*",
    "da": r"krav|kraves|nodvendig\w*",
    "pl": r"wymagan\w+|koniecznie|konieczn\w+|niezbedn\w+",
}


def words(*tables: Table) -> str:
    """Join every language's alternatives, to stand in a group of a pattern."""
    return "|".join(alternatives for table in tables for alternatives in table.values())


_BETWEEN = r"between|from|zwischen|von|entre|tussen|van|tra|fra|mellan|mellem|mellom|od|de|da"
BOUND = rf"(?:(?:the|an?|{_BETWEEN}|{words(AT_LEAST, MORE_THAN)})\b\.?\s*|[~≥>+]\s*|\(\s*)*"
"""Words that stand between what asks and its number: at least, more than, about."""
