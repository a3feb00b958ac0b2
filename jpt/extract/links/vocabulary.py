"""The words of jobs in paths, in many languages. Pure data.

Sources: the public URL shapes of applicant-tracking systems and the wording of career pages.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Give the words of *text*, which white space parts."""
    return frozenset(text.split())


JOB_WORDS = word_set(
    """job jobs career careers vacancy vacancies vacature vacatures position positions opening openings opportunity
    opportunities posting postings jobposting jobpostings requisition requisitions jobdetail jobdetails
    joblisting joblistings jobopening jobopenings joboffer joboffers jobboard employment hiring recruitment
    recruiting recruit karriere karriär karjera kariera kariéra kariyer carriere carrières carrieres carriera
    carreira carreiras carrera carreras stelle stellen stellenangebot stellenangebote stellenanzeige
    stellenanzeigen stellenausschreibung stellenausschreibungen stellenmarkt stellenboerse jobboerse jobangebote
    jobangebot ausschreibung ausschreibungen emploi emplois recrutement poste postes offre offres empleo empleos
    trabajo trabajos puesto puestos oferta ofertas
    vacante vacantes vaga vagas emprego empregos lavoro lavora posizioni posizione
    annunci annuncio praca pracy oferty praca-u-nas stilling stillinger jobb werken-bij werkenbij tyopaikat
    työpaikat
    rekry rekrytointi állás allas allasok karrier állások pozice volna-pracovni-mista volne vakance vakansii
    vakansiya вакансии вакансия работа карьера saiyo
    採用 募集 求人 채용 招聘 招募 职位 職缺 zhaopin joinus jobopportunities
    openpositions openroles vacancydetail job-offers stellendetails opp jobad jobads jobadvert jobadverts advert
    adverts apprenticeships internships karriar recrutamento reclutamiento selezione werving
    rekrutering rekruttering rekrytering rekrutacja nabor tjanster tjänster ledigajobb ledigestillinger
    toihin töihin
    tyopaikka työpaikka avoimet-tyopaikat tehtavat tehtävät zatrudnienie etaty zamestnani zaměstnání
    munkahely posao
    zaposlitev poslovi darbas vakances tööpakkumised convocatoria convocatorias concorsi bando bandi konkursy
    nyitott munkatars joburi lavoraconnoi trabalheconosco trabajaconnosotros rejoignez-nous ausbildungsplaetze
    ausbildungsplätze lehrstellen jobangebot joboffer jobopenings jobopening
    cariere cariera recrutare angajari angajare locuri-de-munca posturi posturi-vacante karijera karijere
    zaposlenje zaposljavanje poslovi oglasi-za-posao slobodna-radna-mjesta slobodna-radna-mesta natjecaji
    natjecaj konkursi kariyera кариери обяви обяви-за-работа свободни-позиции позиции obiavi karieri καριέρα
    θέσεις θέσεις-εργασίας εργασία ευκαιρίες-καριέρας kariera theseis theseis-ergasias karjäär karjaar
    töökohad tookohad vabad-tookohad toopakkumised tookuulutused konkursid störf storf starf laus-storf
    atvinna tuyen-dung tuyen_dung viec-lam co-hoi-nghe-nghiep nghe-nghiep tin-tuyen-dung ตำแหน่งงาน
    ร่วมงานกับเรา สมัครงาน lowongan lowongan-kerja karir karier kerjaya jawatan jawatan-kosong pekerjaan
    rekrutmen loker وظائف الوظائف وظيفة توظيف استخدام משרות משרה דרושים קריירה नौकरी रिक्तियां भर्ती करियर
    prosta-delovna-mesta delovna-mesta zaposlitve razpisi darba-piedavajumi darbs darbo-skelbimai
    darbo-pasiulymai laisvos-darbo-vietos volne-pozicie volne-pracovne-miesta pracovne-ponuky praca
    volna-mista volne-pozice prace nabidka-prace вакансії вакансія робота kar'єra kariyer is-ilanlari
    acik-pozisyonlar is-firsatlari allasajanlatok allasajanlat nyitott-poziciok feina ofertes-de-feina
    treballa-amb-nosaltres lan-eskaintzak swyddi gyrfaoedd vende-pune punesim punësim ვაკანსიები աշխատանք
    trabaja trabalhar trabalhe praca-w rabota ergasia thesi theseis prace-u-nas jobok munka allashirdetes
    insan-kaynaklari ilan-is karjeras darbuotoju-paieska lediga-anstallningar lediga-anställningar anstallningar
    anställningar lediga-tjanster avoimet-paikat"""
)
"""Words that make a path segment one of jobs."""

LOOSE_JOB_WORDS = word_set(
    """role roles apply hire talent join o j internship traineeship apprenticeship graduate graduates alternance
    stage stages"""
)
"""Words that a job's path may hold, but other paths hold as often."""

JOIN_US = word_set(
    """join-us joinus join-our-team join-the-team work-with-us work-for-us work-at-us working-with-us
    come-work-with-us were-hiring we-are-hiring now-hiring arbeiten-bei-uns mitmachen nous-rejoindre
    rejoignez-nous rejoindre trabaja-con-nosotros unete lavora-con-noi trabalhe-conosco werken-bij werkenbij
    jobba-hos-oss jobb-hos-oss arbeide-hos-oss pracuj-u-nas tule-toihin toihin-meille meille-toihin toihin
    töihin-meille
    meille-töihin uns-verstaerken jobs-und-karriere bli-en-av-oss bliv-en-del-af-os bli-med-oss"""
)
"""Segments that invite to work somewhere: as good as a job word."""

HUBS = JOIN_US | word_set(
    """career careers karriere karriär karriar karriärer kariera kariéra karier karriär karijera karjera karjäär
    carriere carrieres carrière carrières carriera carreira carreiras carrera carreras cariere cariera kariyer
    karierasi ura join work-here working-here jobs-und-karriere karrier"""
)
"""Segments of careers sites as a whole, which have other parts than posts."""

PLURAL_LISTS = word_set(
    """jobs careers vacancies openings positions stellen stellenangebote emplois offres ofertas vagas vacatures
    stillinger"""
)
"""Words that in a slug or a text make a list of it: `sales-jobs`, `Jobs in Berlin`."""

LIST_WORDS = word_set(
    """all open current our aktuelle offene search find list listing listings view index home de en fr us it es nl
    in at the of and with for to la le les nos mit bei der die das und results available vacant latest new
    online opportunities html htm php aspx uns overview uebersicht übersicht portal board center centre hub page
    browse explore see jobsearch job-search jobsuche stellensuche suche ledige lediga avoimet nase wolne a"""
)
"""Words that, beside job words only, still name the list and no post."""
