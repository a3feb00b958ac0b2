"""What texts of links and headings of sections say: a button, a part of the site, a closed post. Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.extract.links.roles import has_gender_marker, has_role
from jpt.text.late import late

_GENERAL = late(
    r"talen[t]?[\s_-]*(?:pool|community|network|database|bank|hub)|initiativ[\s_-]*bewerb"
    r"|spontan[\s_-]*bewerb|blindbewerb"
    r"|speculative|spontaneous|unsolicited|general[\s_-]+application|open[\s_-]+application"
    r"|expression[\s_-]+of[\s_-]+interest"
    r"|candidature[s]?[\s_-]+spontan|candidatura[\s_-]+(?:espont|spont)|candidatura[s]?[\s_-]+espont"
    r"|autocandidatura"
    r"|(?:banco|bolsa|banca|base)[\s_-]+(?:de[\s_-]+|dati[\s_-]+)?(?:talent|curr|cv|empleo|trabajo|candidat)"
    r"|candidature[\s_-]+libre|register[\s_-]+(?:your|my)[\s_-]+interest|open[\s_-]+sollicitatie|uopfordret"
    r"|spontanansök"
    r"|spontanansok|åpen[\s_-]+søknad"
    r"|avoin[\s_-]+hakemus|don'?t[\s_-]+see|can'?t[\s_-]+find|didn'?t[\s_-]+find"
    r"|nothing[\s_-]+(?:suitable|for you|fits)"
    r"|no[\s_-]+suitable|not[\s_-]+found[\s_-]+what|nichts[\s_-]+(?:passendes|dabei)"
    r"|kein[e]?[\s_-]+passende|submit[\s_-]+your[\s_-]+(?:cv|resume|résumé)"
    r"|send[\s_-]+(?:us[\s_-]+)?your[\s_-]+(?:cv|resume)|future[\s_-]+(?:opportunit|opening|position"
    r"|role)|join[\s_-]+our[\s_-]+talent"
    r"|create[\s_-]+your[\s_-]+own[\s_-]+(?:job|role)|general[\s_-]+interest|job[\s_-]*(?:alert|alarm"
    r"|agent|abo|newsletter)s?\b|berufsorientierung|オープンポジション"
    r"|カジュアル面談|スカウト登録",
    re.IGNORECASE,
)
"""Talent pools, speculative applications and alerts: posted like jobs, no vacancy behind them."""

_CLOSED = late(
    r"\b(?:closed|archived?|expired|past|former|previous|filled|no longer|abgelaufen|geschlossen|besetzt"
    r"|vergangene|archiv"
    r"|clôturé|clôturée|pourvu|pourvue|cerrad[ao]s?|encerrad[ao]s?|gesloten|vervuld|lukket|stängd"
    r"|scadut[oaie])\b|募集終了|終了",
    re.IGNORECASE,
)
_CLOSED_CARD = late(
    r"\b(?:position|role|job|vacancy|application)s?\s+(?:is\s+|are\s+|has\s+been\s+|now\s+"
    r"|have\s+)*(?:closed|filled|expired)\b"
    r"|\bno longer accepting\b|^closed\b|\bclosed$|募集終了|募集は終了",
    re.IGNORECASE,
)
_OPEN = late(
    r"\b(?:open|current|available|latest|actual|new)\s+(?:\w+\s+)?(?:position|role|job|vacanc|opportunit"
    r"|opportunt|opening|posting|career)"
    r"|\b(?:job|career|employment)\s+(?:opening|opportunit|offer|listing|posting|vacanc)|\bvacanc"
    r"|\bopenings\b|\bopen roles?\b|\bpositions?\b|^jobs?\b"
    r"|^careers?$|we(?:'|’| a)re hiring|join us|search results|suchergebnisse|work (?:with|for|at) us"
    r"|nous rejoindre|trabaja con nosotros|lavora con noi|join (?:the|our) (?:\w+ ){0,3}team|\bstellen"
    r"|\bjobs\b|ausschreibung|offene? |vacature|ledige|lediga|avoimet"
    r"|\boffres?\b|postes?\b|recrut|emplois?\b|ofertas?\b|vacantes|empleos?\b|vagas|posizioni|annunci"
    r"|oferty|prac[ay]\b|állás|вакансии"
    r"|募集|求人|職種|채용|招聘|职位|職缺"
    # Further languages of Europe: ro, hr, sr, sl, bg, mk, el, et, is, lv, lt, cs, sk, uk, tr, ca, sq
    r"|\bcarier[eă]|locuri de munc[ăa]|\bposturi\b|\bjoburi|recrut[ăa]ri|\bangaj[ăa]ri"
    r"|\bkarijer|otvoren[ea] (?:pozicij|radna)|slobodn[ae] (?:radna|pozicij|delovna)|radn[ao] mj?est|natječaj"
    r"|\bkonkurs\w{0,3}\b|\bposlov[ia]\b|zaposlitve|zaposlit|prosta delovna|delovna mesta|razpis\w? (?:za )?delovn"
    r"|кариер|\bработа\b|свободни (?:позиции|места)|отворени (?:позиции|работни)|обяви за работа|слободни работни"
    r"|длъжности"
    r"|καριέρα|θέσεις (?:εργασίας|απασχόλησης)|ανοι[κχ]τές θέσεις|θέσεις|ευκαιρίες (?:καριέρας|εργασίας)"
    r"|προσλήψεις"
    r"|karjäär|töökoh|tööpakkumi|vabad (?:töö|ameti)|\bkonkursid|avatud (?:töö|positsioon)"
    r"|laus störf|\bstörf|\bstarf\b|atvinn|\bvakances|\bkarjera|darba piedāvājum|darbo (?:skelbim|pasiūlym|viet)"
    r"|laisvos"
    r"|brīvās (?:darba )?viet|voľné (?:pracovné )?(?:miesta|pozície)|voln[áé] (?:pracovní )?(?:místa|pozice)"
    r"|kari[eé]r"
    r"|pracovní (?:nabídky|pozice|místa)|pracovné (?:ponuky|pozície)|\bвакансі|кар['’]єр|відкриті позиції"
    r"|\bваканси"
    r"|iş ilan|açık (?:pozisyon|iş)|\bkariyer|iş fırsat|ofertes (?:de feina|laborals)|\bvacants\b|treballa amb"
    r"|vende (?:të lira )?pune|mundësi punësimi|állás|nyitott pozíció|karrier"
    # Vietnamese, Indonesian and Malay, Thai, Hindi, Arabic, Persian, Hebrew, Georgian, Armenian
    r"|tuyển dụng|việc làm|cơ hội nghề nghiệp|vị trí (?:đang )?tuyển|lowongan|\bkari[er]r?\b|\bkerjaya|jawatan"
    r"|peluang kerja"
    r"|ตำแหน่ง|ร่วมงาน|สมัครงาน|รับสมัคร|नौकरी|रिक्ति|भर्ती|करियर|وظائف|وظيف|شاغر|توظيف|فرص عمل|استخدام"
    r"|فرصت.{0,3}های شغلی"
    r"|משרות|משרה|דרושים|קריירה|ვაკანსი|աշխատանք|թափուր",
    re.IGNORECASE,
)
_OTHER_SECTION = late(
    r"\b(?:why|warum|pourquoi|blog|news|press|story|stories|insights?|events?|webinars?|podcasts?|articles?|posts"
    r"|latest posts|recent|partners?|clients?"
    r"|customers?|resources?|benefits?|perks|values|culture|our team|meet|leadership|offices?|locations?"
    r"|privacy|cookies?|legal"
    r"|contact|kontakt|follow|social|company|about|newsletter|categories|category|departments?|teams?"
    r"|filters?|share|tags?|programs?|programmes?"
    r"|faq|questions|companies|interns? say|initiatives|photo credits|products?|solutions?|awards?"
    r"|certified|life at|life|day in the"
    r"|hear from|learn more|sign in|sign up|log in|languages?|related|by (?:skill|title|city|company"
    r"|category|location)"
    r"|aktuelles|neuigkeiten|standorte|vorteile|unternehmen|rechtliches|links|navigation|menu|menü"
    r"|table of contents"
    r"|spotlight|popular)\b",
    re.IGNORECASE,
)

_GENERIC_JOB = late(
    r"^(?:view|see|show|go to|open|read|check out|discover|explore|more about|details? (?:of|for"
    r"|about))? ?(?:the |this |full )?(?:job|position|role|opening|vacancy|posting|opportunity)"
    r"(?: (?:details?|description|ad|advert|posting|offer|spec))?(?: ?[»>→›]+)?$"
    r"|^(?:view|read|see|learn)? ?(?:more)? ?(?:&|and|/)? ?apply(?: (?:now|here|today|online"
    r"|for this (?:job|role|position)|at \w+))?(?: ?[»>→›!]+)?$"
    r"|^(?:zum job|zur stelle|zur stellenanzeige|zum stellenangebot|stelle ansehen|job ansehen"
    r"|details ansehen|jetzt bewerben|bewerben"
    r"|voir (?:l'offre|l’offre|le poste|l'annonce)|postuler|en savoir plus|consulter l'offre"
    r"|ver (?:oferta|vaga|vacante|empleo|puesto)|aplicar|candidatar(?:-se)?|candidati"
    r"|vedi (?:offerta|annuncio)|bekijk (?:vacature|functie)|naar vacature|solliciteer|solliciteren"
    r"|se (?:stilling|jobb|jobbet|stillingen)|läs mer och ansök|ansök|søk|ansøg"
    r"|zobacz ofertę|aplikuj|詳細を見る"
    r"|応募する|応募|エントリー|募集要項|자세히 보기|지원하기|查看详情|申请|查看職缺)(?: ?[»>→›!]+)?$",
    re.IGNORECASE,
)
_GENERIC = late(
    r"^(?:read|learn|find out|see|view|show|know|get|discover)? ?(?:more|details?|info|information"
    r"|full details)?(?: (?:info|information|details?|about\b.{0,80}|here))?(?: ?[.…»>→›]+)?$"
    r"|^(?:continue reading|keep reading|mehr|mehr (?:lesen|erfahren|informationen|infos?|details)"
    r"|weiterlesen|weiter|details?(?: ansehen)?|hier|here|click here|link|pdf|download(?: pdf)?"
    r"|(?:pdf[- ]?)?download"
    r"|lire (?:la suite|plus)|voir plus|plus d'infos?|leer más|ver más|más información|saiba mais"
    r"|ver mais|leggi (?:di più|tutto)|scopri di più|lees (?:meer|verder)|meer (?:info|informatie)"
    r"|læs mere|les mer|läs mer|lue lisää|czytaj więcej|więcej|tovább"
    r"|詳しくはこちら|詳細|もっと見る|続きを読む|더보기|查看更多"
    r"|更多|image|icon|logo|new|neu)(?: ?[»>→›]+)?$",
    re.IGNORECASE,
)
_GENERIC_MORE = late(
    r"^(?:(?:alle |weitere |mehr |voir |lire |plus de |ver |vedi |tutti i |bekijk |meer |se |visa |vis |katso "
    r"|zobacz )?"
    r"(?:dett?agli|detall?es|detalhes|détails?|szczegóły|yksityiskohdat|detaljer|infos?|informazioni|información"
    r"|informações|informatie|information|informationen|lisätietoja|mer info|mere info|apri|öffnen|ouvrir"
    r"|abrir|open"
    r"|bekijken|vis|visa|näytä|katso|zobacz|vedi|ver|voir|ansehen|anzeigen|aanmelden)"
    r"|scopri|scopri di più|approfondisci|continua(?: a leggere)?|sapere di più|mehr dazu|zur (?:anzeige"
    r"|ausschreibung)"
    r"|läs annonsen|se annonsen?|se opslag(?:et)?|les annonsen|lue ilmoitus|avaa ilmoitus|siirry ilmoitukseen|詳細"
    r"|詳細はこちら|もっと見る|続きを見る|募集要項を見る|この求人を見る)(?: ?[.…»>→›]+)?$",
    re.IGNORECASE,
)
_BUTTONS = late(
    r"^(?:xem thêm|xem chi tiết|chi tiết|ứng tuyển(?: ngay)?|đọc (?:thêm|tiếp)|selengkapnya|baca selengkapnya"
    r"|lihat (?:detail"
    r"|selengkapnya|lowongan)|lamar(?: sekarang)?|mohon(?: sekarang)?|อ่านเพิ่มเติม|ดูรายละเอียด|รายละเอียด"
    r"|ดูเพิ่มเติม|สมัคร(?:เลย|งาน)?"
    r"|और पढ़ें|विवरण(?: देखें)?|आवेदन करें|المزيد|اقرأ المزيد|التفاصيل|عرض التفاصيل|(?:تقدم|قدم)(?: الآن)?"
    r"|التقديم|قراءة المزيد"
    r"|جزئیات|ادامه مطلب|קרא עוד|קראו עוד|פרטים נוספים|לפרטים(?: נוספים)?|למשרה|הגש(?:ת)? מועמדות|שלח קורות חיים"
    r"|vezi (?:detalii|mai mult|postul)|mai multe?(?: detalii)?|detalii|aplică(?: acum)?|cite[șş]te mai mult"
    r"|află mai mult(?:e)?"
    r"|saznaj(?:te)? više|pročitaj(?:te)? više|vidi više|više|prijavi se|opširnije|detaljnije|detalji|preberi več"
    r"|več|prijava"
    r"|виж(?:те)? (?:повече|обявата)|прочети(?:те)? повече|научи(?:те)? повече|повече|кандидатствай(?:те)?"
    r"|детайли|подробно(?:сти)?"
    r"|подробнее|читать далее|откликнуться|смотреть|детальніше|докладніше|читати далі|відгукнутися|повеќе"
    r"|аплицирај"
    r"|περισσότερα|δείτε περισσότερα|διαβάστε περισσότερα|υποβολή αίτησης|κάντε αίτηση|λεπτομέρειες"
    r"|loe (?:edasi|lähemalt|rohkem)|vaata(?: lähemalt| kuulutust)?|kandideeri|nánar|lesa meira|sjá meira|skoða"
    r"|sækja um"
    r"|lasīt vairāk|uzzināt vairāk|skatīt|pieteikties|skaityti daugiau|plačiau|daugiau|kandidatuoti|žiūrėti"
    r"|zobraziť(?: ponuku)?|viac(?: informácií)?|zobrazit(?: nabídku)?|více(?: informací)?|mám z[áa]ujem"
    r"|čítať viac|číst více"
    r"|detay(?:lar|lı bilgi)?|devamını oku|incele|başvur|hemen başvur|ilanı gör|részletek|tovább(?: olvasom)?"
    r"|jelentkezem"
    r"|jelentkezés|més informació|inscriu-te|llegir més|gehiago|lexo më shumë|apliko(?: tani)?|mësoni më shumë)"
    r"(?: ?[.…»>→›]+)?$",
    re.IGNORECASE,
)
_ELSEWHERE = late(
    r"^(?:home|homepage|start(?:seite)?|contact(?: us)?|kontakt|about(?: us)?|über uns|imprint|impressum"
    r"|legal(?: notice)?|privacy.{0,40}|datenschutz.{0,40}"
    r"|cookies?.{0,30}|terms.{0,40}|agb|sitemap|login|log ?in|sign ?in|sign ?up|register|anmelden"
    r"|registrieren|logout|newsletter|subscribe|rss|feed|search|suche"
    r"|jobs?|careers?|karriere|stellenangebote|vacancies|all (?:jobs|roles|openings|positions|vacancies)"
    r"|open (?:positions|roles|jobs)|current (?:openings|vacancies)"
    r"|(?:view|see|show|browse|explore|search|find|load)\s+(?:(?:all|more|our|the|open|current|full"
    r"|\d+)\s+){0,3}(?:jobs?|roles|openings|positions|vacancies|opportunities|careers|list)\b.{0,30}"
    r"|next|previous|prev|back(?: to .{0,30})?|zurück|weiter|vor|first|last|more|»|«|›|‹|>|<|\d{1,4}"
    r"|[a-z]|reset|clear(?: all)?|filters?(?: zurücksetzen)?|sort.{0,20}"
    r"|skip to .{0,30}|zum inhalt.{0,20}|facebook|twitter|linkedin|instagram|youtube|xing|github|tiktok"
    r"|pinterest|whatsapp|share|teilen|e-?mail|print|drucken|top"
    r"|our (?:culture|values|team|story|people|mission|benefits|offices|locations)|culture|values"
    r"|benefits|team|teams|people|life at .{0,40}|why .{0,40}|faqs?|blog|news|press|events"
    r"|privacy|support|help|media|partners?|investors?|products?|solutions?|services|resources|pricing"
    r"|company|a day in the life.{0,80}|career journey.{0,60}"
    r"|meet .{0,60}|how we (?:hire|work).{0,20}|hiring process|interview(?:ing)? (?:guide|process|tips)"
    r"|(?:powered|hiring|jobs?) (?:powered )?(?:by|with) .{0,40}"
    r"|english.{0,20}|deutsch|français|español|italiano|nederlands|português.{0,20}|polski|svenska"
    r"|dansk|norsk|suomi|日本語|中文|한국어|русский|türkçe|.{0,12}(?:カルチャー|文化|メッセージ|インタビュー|よくある質問|福利厚生|会社概要"
    r"|お問い合わせ|働き方|選考フロー|採用情報|ニュース|ブログ|社員紹介|プライバシーポリシー)|会社を知る|关于我们|联系我们|企业文化|회사소개|복지|인재상|문화|čeština"
    r"|magyar|[a-z]{2}(?:-[a-z]{2})?)$",
    re.IGNORECASE,
)
_STORY_TEXT = late(
    r"\b(?:day in the life|life at|meet (?:the|our)|career journey of|interview with|conversation with"
    r"|how (?:we|to|i)|why (?:we|i|you)|who is|what (?:is|it)|tips? for"
    r"|read the (?:blog|article)|case study|success story"
    r"|erzählt|erzählen|berichten|berichtet|stellen sich vor|im gespräch|racontent|nous raconte|cuentan?"
    r"|raccontano|contam|vertellen|vertelt|berättar|forteller|fortæller|kertovat|kertoo"
    r"|opowiadają|opowiada|mesélnek|vyprávějí)\b",
    re.IGNORECASE,
)
_STORY_WORD = late(
    r"\b(?:privacy (?:policy|notice)|benefits|podcast|webinar|newsletter|report|whitepaper|ebook|award)\b",
    re.IGNORECASE,
)
_BEFORE_TITLE = late(
    r"^(?:(?:learn|read|find out|see) more about|(?:view|see) (?:job|details)(?: of| for)?:?"
    r"|apply (?:for|to)|more about) (?=\S.{3})",
    re.IGNORECASE,
)
_READING = late(
    r"\b(?:handbook|manifesto|guide|guidelines|faqs?|stories|story|newsletter|report|blog|podcast|webinar"
    r"|ebook|handbuch|leitfaden)$"
    r"|\b(?:for applicants|guidance notes?|application (?:form|process)|merkblatt|bewerbungshinweise"
    r"|^(?:\w+\s)?(?:anleitung|handbook|handbuch|leitfaden|instructions)\b"
    r"|formular|equal opportunit)",
    re.IGNORECASE,
)
_INVITES = late(
    r"^(?:talk|speak|chat|meet|become|werde|werden sie|devenez|devenir|conviértete en|hazte|diventa|torne-se"
    r"|word|bli|bliv|ryhdy|zostań|staň se|staňte se|legyél|devino|postani|postanite|gine|γίνε|стань|стани"
    r"|ask|find|discover|explore|learn|read|listen|watch (?:the|our)|visit|follow|try|get|download|request|join"
    r"|hear|for|contact (?:us|our|the|a|an|sales)|book (?:a|an|your)|hire (?:a|an|our)|start (?:your|a|now"
    r"|free)|sign (?:up|in)|subscribe|donate|why|how|what|who|where|when)\s",
    re.IGNORECASE,
)
_LISTS = late(
    r"\b(?:jobs|careers|vacancies|openings|positions|roles|stellen|stellenangebote|emplois|offres|ofertas"
    r"|vagas|vacatures)\s+(?:in|at|for|by|near|bei|für|à|en|em|de|i|w)\b"
    r"|^(?:\w+\s){0,4}(?:stellenausschreibungen|stellenanzeigen|ausbildungsstellen|ausbildungsplätze"
    r"|ausschreibungen)(?:\s\w+){0,3}$"
    r"|^(?:\w+\s){1,3}(?:jobs|careers|vacancies|openings|positions|stellen|vagas)(?:\s\(?\d+\)?)?$",
    re.IGNORECASE,
)
_LIST_NAMED = late(
    r"^(?:jobs|stellen(?:angebote)?|emplois?|offres(?: d[’']emploi)?|empleos?|ofertas(?: de (?:empleo"
    r"|trabajo))?|trabajos?"
    r"|vagas|empregos|offerte(?: di)? lavoro|lavoro|vacatures|lediga jobb|jobb|ledige (?:stillinger|job)|praca"
    r"|oferty pracy"
    r"|työpaikat|volná místa|práce|работа|вакансии)(?:\s[–-])?\s(?!for$)[^\W\d_][^\d/"
    r"|,(]{1,40}(?:\s?\(\d[\d.,]*\))?$"
    r"|^[^\W\d_][^\d/|,(]{1,40}\s(?:jobs|stellenangebote|vacancies|careers|vacatures"
    r"|työpaikat)(?:\s?\(\d[\d.,]*\))?$",
    re.IGNORECASE,
)
"""The word for jobs before or behind the name of a place or a trade, and nothing else."""
_UNITS = late(
    r"^(?:(?:leitung|beratung|administration|koordination|betreuung|verwaltung|unterstützung|service|support"
    r"|forschung|lehre)"
    r"(?:\s?(?:/|und|&|and|et|,)\s?|$)){2,}$",
    re.IGNORECASE,
)
"""Two fields or more and nothing else: the name of a department, not of a post."""
_SEVERAL = late(
    r"\b(?:ph\.?d|doctoral|postdoc\w{0,8}|research(?:er)?|faculty|professor\w{0,4}|fellowship|internship|trainee"
    r"|student|tenure\S{0,8}"
    r"|fully[- ]funded)\s(?:\w+\s){0,2}(?:positions|roles|openings|jobs|vacancies|posts|stellen)\b"
    r"|^(?:up to|at least|several|multiple|two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf"
    r"|mehrere|deux|trois"
    r"|plusieurs|dos|tres|varias|due|tre|två|twee|[1-9]|1\d)\s(?:\w+\s){0,4}(?:positions|roles|posts|stellen"
    r"|postes|plazas|openings)\b",
    re.IGNORECASE,
)
"""One advert for several places: a title in the plural."""
_OTHER_OFFER = late(
    r"^(?:[^\W\d_]+[ -]){0,4}?(?:menus?|pizzas?|burgers?|coupons?|vouchers?|gutscheine?|rabatte?|sale|discounts?"
    r"|happy hour)\b.{0,40}$"
    r"|(?<![\d.,k])\d{1,3}[.,]\d{2}\s?(?:€|EUR\b|£|\$|zł|kr\b)|(?:€|£)\s?\d{1,3}[.,]\d{2}(?!\d)"
    r"|\b\d{1,2}\s?% (?:off|de (?:réduction|descuento))"
    r"|[-–]\s?\d{1,2}\s?%|\b(?:livraison gratuite|free (?:delivery|shipping)|buy one|achet[ée]e?s?, .{0,20}offert"
    r"|2 for 1|dos por uno|2x1)"
    r"|\b(?:double|twin|single|family|superior|deluxe) (?:room|suite)s?\b|\b(?:einzel|doppel|familien)zimmer\b"
    r"|\bchambre (?:double|simple)"
    r"|\b(?:scholarships?|bursar(?:y|ies)|stipendien|bourses? d['’]|becas?\b(?! de trabajo)|bolsas? de estudos?"
    r"|borse? di studio|stypendi\w+)$"
    r"|^(?:scholarships?|bursar(?:y|ies)|bourses?|becas?|stipendien|borse di studio)\b"
    r"|\b(?:tasting|masterclass|yoga class|cooking class|gift card|geschenkkarte|carte cadeau|carte de fidélité"
    r"|loyalty card)\b",
    re.IGNORECASE,
)
"""Rooms, dishes, courses and scholarships: lists of such look like lists of jobs."""
_FOR_PEOPLE = late(
    r"^(.{3,60}?)\s(?:for|für|pour|para|per|voor|för|til|dla|pro|для)\s(?:our |new |the |future |unsere |les "
    r"|los |las |i |gli )?"
    r"((?:[^\W\d_]+[ -]){0,2}[^\W\d_]+(?:s|en|innen|er|ów|ov|i|e))$"
    r"|^((?:promotion|path|route|transition|guide|career) to) (.{3,60})$",
    re.IGNORECASE,
)
_OFFERED_FOR = late(
    r"\b(?:jobs?|positions?|vacanc\w+|posts?|roles?|openings?|call|search|wanted|looking|hiring|recruit\w*"
    r"|opportunit\w+"
    r"|stellen?|suche|ausschreibung|poste|puesto|plaza|vaga|posto|vacature|tjänst|stilling)\b",
    re.IGNORECASE,
)
_PEOPLE = late(
    r"^(?:(?:\w+ ){0,2}(?:professionals|students|graduates|school leavers|berufserfahrene|studierende|absolventen"
    r"|étudiants|jeunes diplômés|estudiantes|estudantes|studenti|neolaureati|studenten|starters|studerande"
    r"|studerende"
    r"|studenter|opiskelijat|opiskelijoille|studenci|absolwenci|returners|veterans)"
    r"|elev(?:er)? og lærling(?:er)?|elever|lærlinger|lærlinge|early careers?|développeurs"
    r"|developers|engineers|designers|managers|researchers|scientists|students|graduates|interns"
    r"|trainees|apprentices|analysts|architects|consultants|recruiters|teachers|nurses|drivers|agents"
    r"|experts|leaders|directors|executives|writers|editors|artists|founders|trainers|advisors"
    r"|advisers|auszubildende|studierende|azubis|praktikanten|internships|apprenticeships"
    r"|traineeships|placements|(?:\w+e (?:und \w+e )?)?mitarbeiter(?:[*:_]?innen)?|ausbildung|praktikum|praktika"
    r"|studium|schüler(?:innen)?|stages)$",
    re.IGNORECASE,
)
_ADVERT = late(
    r"(?:die |zur |diese )?ausschreibung (?:als|im|herunterladen|ansehen|öffnen)|stellenausschreibung(?!en)"
    r"|stellenausschreibungen als"
    r"|stellenanzeige(?!n)|stellenbeschreibung|job description|position description"
    r"|job advert|avis de vacance|fiche de poste|vacaturetekst|募集要項",
    re.IGNORECASE,
)
_ANNOUNCED = late(
    r"^(?:job(?: opening| offer| posting)?|vacancy|position|open position|we(?:'|’| a)re hiring|now hiring|hiring"
    r"|stellenangebot|stellenausschreibung|wir suchen|offre d['’]emploi|nous recrutons"
    r"|on recrute|oferta de (?:empleo|trabajo)"
    r"|se busca|vaga|annuncio|cercasi|vacature|gezocht|vi söker|ledig (?:stilling|tjänst)"
    r"|vi søger|vi søker|avoin työpaikka"
    r"|oferta pracy|【(?:募集|急募|採用)】)\s?[:–—!-]\s?\S",
    re.IGNORECASE,
)
_OTHER_OPPORTUNITY = late(
    r"\b(?:tender(?:s|ing)?|bid(?:s|ding)?|procurement|funding|investment|sponsor\w*|franchise|business"
    r"|partnership|training"
    r"|study|scholarship)s? opportunit\w+|\bopportunit\w+ (?:to|for) (?:tender|bid|invest|sponsor|supply|fund"
    r"|study)\w*"
    r"|\bappels? d['’]offres|\bofertas? (?:de la semana|del mes|del d[íi]a|especial\w*)|\boffres? (?:sp[ée]ciales?"
    r"|du (?:moment|mois))|\bspecial offers?\b"
    r"|\böffentlichen? ausschreibung|\bvergabe(?:n|verfahren)?\b|\blicitaciones\b|\bmarchés publics\b"
    r"|\bzamówienia publiczne\b|\bprzetarg|\bupphandling|\baanbesteding|\bgare d['’]appalto\b",
    re.IGNORECASE,
)
"""What is open, on offer or an opportunity, and no work."""
_OPEN_FIRST = late(r"\b(?:closed|archived|past|former|expired)\b", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def is_general_application(text: str) -> bool:
    """Tell whether *text* offers a talent pool, a speculative application or an alert."""
    return bool(_GENERAL.search(text))


@lru_cache(maxsize=4_096)
def says_closed(heading: str) -> bool:
    """Tell whether a section's heading says that what is below is over."""
    return len(heading) < 80 and bool(_CLOSED.search(heading))


def card_says_closed(context: str) -> bool:
    """Tell whether a card says that its post is over."""
    return len(context) < 250 and bool(_CLOSED_CARD.search(context))


@lru_cache(maxsize=4_096)
def says_open(heading: str) -> bool:
    """Tell whether a section's heading announces jobs."""
    is_open = len(heading) < 120 and bool(_OPEN.search(heading)) and not _OPEN_FIRST.search(heading)
    return is_open and not offers_other(heading)


@lru_cache(maxsize=4_096)
def offers_other(heading: str) -> bool:
    """Tell whether a heading names what is open or on offer and no work: tenders, special offers."""
    return len(heading) < 120 and bool(_OTHER_OPPORTUNITY.search(heading))


def says_other(heading: str) -> bool:
    """Tell whether a section's heading announces something else than jobs."""
    return len(heading) < 120 and bool(_OTHER_SECTION.search(heading))


@lru_cache(maxsize=4_096)
def is_generic(text: str) -> bool:
    """Tell whether a link's text says nothing of where it leads: Read more, Mehr, PDF."""
    return bool(_GENERIC.match(text) or _GENERIC_MORE.match(text) or _BUTTONS.match(text)) or is_generic_job(text)


def is_generic_job(text: str) -> bool:
    """Tell whether a link's text is the button of a job: View job, Zum Job, Apply."""
    if _GENERIC_JOB.match(text):
        return bool(text)
    return bool(_ADVERT.search(text)) and not has_role(text) and not has_gender_marker(text)


@lru_cache(maxsize=4_096)
def leads_elsewhere(text: str) -> bool:
    """Tell whether a link's whole text names a part of the site, a page of the list, a network or a language."""
    return bool(_ELSEWHERE.match(text))


def reads_like_story(text: str) -> bool:
    """Tell whether a link's text reads like an article about work, not like a post."""
    return bool(_STORY_TEXT.search(text))


def holds_a_story_word(text: str) -> bool:
    """Tell whether *text* holds a word of stories and notices, which titles of posts may hold, too."""
    return bool(_STORY_WORD.search(text))


def bare(text: str) -> str:
    """Give *text* without what a button puts before a title: Learn more about, Apply for."""
    return _BEFORE_TITLE.sub("", text)


def names_reading(text: str) -> bool:
    """Tell whether *text* ends in something to read or hear: the engineering manager handbook."""
    return bool(_READING.search(text.rstrip(" .!»>→›")))


def invites_or_lists(text: str) -> bool:
    """Tell whether *text* invites to something (Talk to an expert) or names a list (Sales jobs)."""
    return bool(_INVITES.match(text) or (_LISTS.search(text) and not _SEVERAL.search(text)))


@lru_cache(maxsize=4_096)
def names_a_list(text: str) -> bool:
    """Tell whether *text* names a list of jobs, not one: Jobs in Leeds, Nursing jobs, Emplois Lyon."""
    return bool(_LISTS.search(text) or _LIST_NAMED.match(text)) and not _SEVERAL.search(text)


def names_people(text: str) -> bool:
    """Tell whether *text* only names those whom a part of the site is for: Developers, Students, Ausbildung."""
    return bool(_PEOPLE.match(text) or _UNITS.match(text))


def names_other_offer(text: str) -> bool:
    """Tell whether *text* offers something else than work: a price, a course, a room, a scholarship."""
    return bool(_OTHER_OFFER.search(text)) and not has_gender_marker(text)


def names_guidance(text: str) -> bool:
    """Tell whether *text* names something for people of a trade, none of the trade: Funding for PhD students."""
    found = _FOR_PEOPLE.match(text)
    if found is None:
        return False
    thing, people = found[1] or found[3], found[2] or found[4]
    return not _OFFERED_FOR.search(thing) and not has_role(thing) and has_role(people)


def begins_as_advert(text: str) -> bool:
    """Tell whether *text* announces what follows as a job: Vacancy: …, Stellenangebot: …"""
    return bool(_ANNOUNCED.match(text))


def names_an_advert(text: str) -> bool:
    """Tell whether *text* calls what it leads to a job advert."""
    return bool(_ADVERT.search(text))
