"""Does a text name an occupation, in one of many languages? Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from jpt.extract.links.vocabulary import word_set
from jpt.text.late import late

_ROLES = word_set(
    """
    engineer developer manager director analyst designer architect scientist specialist consultant assistant
    associate
    coordinator officer intern interns internship administrator technician representative executive
    recruiter accountant
    counsel nurse teacher professor professorship lecturer postdoc postdoctoral phd researcher fellow
    fellowship driver
    operator clerk editor writer producer programmer tester expert strategist planner buyer supervisor
    trainee apprentice
    apprenticeship advisor adviser agent president vp chief cto cfo ceo coo devops sre marketer controller
    mechanic
    electrician plumber welder chef cook barista waiter waitress bartender cleaner guard pharmacist
    physician therapist
    psychologist dentist surgeon veterinarian instructor tutor coach trainer translator interpreter
    librarian curator
    attorney lawyer paralegal auditor actuary underwriter broker trader banker cashier secretary
    receptionist worker
    carer caregiver inspector surveyor estimator foreman machinist assembler packer picker merchandiser
    stylist
    fitter rigger roofer invigilator arborist horticulturist host storekeeper groom jockey
    photographer videographer animator artist journalist reporter copywriter evangelist steward pilot
    captain lead head
    senior junior sr jr mgr asst co-op coop co-ordinator caseworker handler helper educator ecologist
    freelancer creator maker
    moderator resourcer volunteer extern student draughtsperson draftsman toolmaker bookseller seller valet
    hostess usher cleaner
    sdr bdr graduate placement traineeship externship generalist practitioner economist statistician chemist
    biologist physicist mathematician geologist handyman
    labourer laborer dispatcher scheduler bookkeeper investigator superintendent principal dean provost vet
    midwife
    paramedic radiographer optometrist housekeeper concierge porter sommelier sous-chef baker butcher
    gardener stagehand
    fullstack full-stack backend back-end frontend front-end sysadmin webmaster programmer/analyst
    ambassador liaison
    contractor
    modeler modeller owner scrum treasurer registrar archivist conservator counsellor counselor assessor
    examiner
    ingénieur ingenieur développeur developpeur responsable chargé chargée charge directeur directrice
    technicien
    technicienne assistante conseiller conseillère vendeur vendeuse commercial commerciale alternance
    alternant stagiaire
    apprenti infirmier infirmière comptable gestionnaire chauffeur ouvrier opérateur cuisinier serveur
    employé enseignant
    médecin juriste rédacteur doctorant chercheur chef conducteur préparateur magasinier boulanger éducateur
    ingeniero ingeniera desarrollador desarrolladora gerente analista jefe jefa técnico técnica asistente
    auxiliar becario
    becaria prácticas consultor consultora especialista administrativo administrativa vendedor vendedora
    coordinador
    coordinadora enfermero enfermera médico profesor profesora conductor operario dependiente cocinero
    camarero director/a
    ingegnere sviluppatore responsabile impiegato impiegata tirocinio tirocinante addetto addetta tecnico
    consulente
    operaio magazziniere cameriere cuoco infermiere venditore stagista
    engenheiro engenheira desenvolvedor desenvolvedora programador programadora estágio estagiário
    estagiária assistente
    coordenador coordenadora diretor diretora motorista atendente operador supervisor
    ontwikkelaar medewerker adviseur stagiair stage verkoper leraar docent verpleegkundige directeur
    beheerder
    begeleider onderzoeker promovendus teamleider monteur werkvoorbereider kok
    utvecklare ingenjör udvikler utvikler ingeniør konsulent konsult leder ledare medarbejder medarbetare
    medarbeider
    rådgiver rådgivare säljare sælger selger sjuksköterska sygeplejerske sykepleier lærer lärare elev
    tekniker forsker
    stipendiat doktorand koordinator chef undersköterska handläggare sagsbehandler saksbehandler pædagog
    barista
    kehittäjä insinööri asiantuntija päällikkö johtaja myyjä harjoittelija työntekijä hoitaja opettaja
    suunnittelija
    inżynier programista programistka specjalista specjalistka kierownik analityk praktykant praktykantka
    stażysta doradca
    asystent asystentka księgowy księgowa sprzedawca kierowca dyrektor magazynier przedstawiciel
    inženýr vývojář vývojár specialista špecialista vedoucí vedúci účetní účtovník obchodní programátor
    technik asistent
    asistentka řidič operátor prodavač projektant manažer manažér ředitel
    mérnök fejlesztő vezető munkatárs gyakornok tanácsadó értékesítő könyvelő szakértő elemző igazgató
    inginer programator dezvoltator vânzător contabil șofer specialist
    mühendis mühendisi geliştirici uzman uzmanı müdür müdürü stajyer temsilcisi danışman yönetici yöneticisi
    asistan
    инженер разработчик менеджер аналитик специалист программист руководитель стажер стажёр бухгалтер
    водитель оператор
    дизайнер директор консультант администратор продавец тестировщик маркетолог юрист помощник інженер
    розробник фахівець
    μηχανικός προγραμματιστής υπεύθυνος διευθυντής σύμβουλος
    praktikum praktikant praktikantin werkstudent werkstudentin werkstudenten ausbildung auszubildende
    auszubildender azubi
    volontariat volontär abschlussarbeit masterarbeit bachelorarbeit initiativbewerbung quereinsteiger
    aushilfe minijob
    koch köchin arzt ärztin trainee professur juniorprofessur leiter leitung referent referentin hausmeister
    servicekraft
    bäcker bäckerin konditor metzger schreiner tischler schlosser gärtner gärtnerin maurer maler schweißer
    dachdecker klempner friseur friseurin zimmerer zimmermann hebamme hebammen kranfahrer lagerist küchenhilfe
    bakker broodbakker slager schilder timmerman lasser metselaar schoonmaker receptionist vrachtwagenchauffeur
    magazijnmedewerker kapper tuinman boulangère coiffeur coiffeuse menuisier plombier maçon soudeur soudeuse
    peintre agent agente secrétaire puéricultrice aide-soignant aide-soignante policier policière jardinier
    albañil carpintero fontanero soldador pintor panadero secretaria secretario recepcionista limpiadora enfermera
    contable fisioterapeuta gestor gestora segretaria segretario commesso commessa falegname saldatore idraulico
    elettricista panettiere avvocato praticante receptionist cozinheiro cozinheira eletricista soldador pedreiro
    padeiro merendeira fiscal contabilista rececionista auxiliar svetsare snickare elektriker målare kock bagare
    städare receptionist lokalvårdare kokk sykepleier renholder baker resepsjonist snekker rørlegger maler
    elektriker kok smed tømrer murer rengøringsassistent bogholder receptionist siivooja kokki leipuri hitsaaja
    sähköasentaja varastotyöntekijä kuljettaja putkiasentaja lähihoitaja myymäläpäällikkö piekarz spawacz
    elektryk kucharz murarz stolarz sprzątaczka operator mechanik ślusarz ekspedientka ekspedient recepcjonistka
    formierz monter lakiernik svářeč svářečka elektrikář kuchař kuchařka pekař zedník truhlář skladník uklízečka
    zdravotní svářeči řezník lakýrník zváračka zvárač elektrikár kuchár kuchárka pekár murár stolár skladník
    upratovačka traktorista hegesztő villanyszerelő szakács pék kőműves asztalos raktáros takarító laboráns
    eladó vízvezeték-szerelő sudor electrician bucătar brutar zidar tâmplar magazioner îngrijitor asistentă
    operator agent zavarivač električar kuhar pekar zidar stolar skladištar čistačica vozač medicinska prodavač
    varilec električar kuhar pek natakar skladiščnik siuvėjas elektrikas virėjas vairuotojas suvirintojas
    pardavėjas vadovas šuvēja metinātājs elektriķis pavārs keevitaja elektrik kokk müüja laojuht заварчик
    електротехник готвач пекар шофьор сварщик электрик повар пекарь зварювальник електрик кухар пекар водій
    μάγειρας ηλεκτρολόγος οδηγός καμαριέρα τεχνικός υπάλληλος λογιστής aşçı elektrikçi kaynakçı şoför operatörü
    elemanı garson muhasebeci fırıncı
    моторист электромонтер электромонтёр слесарь монтажник прораб геодезист технолог механик машинист токарь
    фрезеровщик кладовщик грузчик курьер кассир официант уборщик уборщица охранник учитель преподаватель врач
    медсестра редактор переводчик архитектор логист кладовщица электрогазосварщик радиомонтажник инструктор
    секретарь мастер рабочий моделер автоелектрик зварник слюсар майстер комірник вантажник касир офіціант
    прибиральник охоронець вчитель викладач лікар перекладач логіст спеціаліст робітник медична техник
    сервитьор счетоводител мениджър програмист учител лекар работник магазинер
    staf manajer pengemudi sopir kasir guru perawat teknisi akuntan pramuniaga magang asisten montir satpam
    arsitek insinyur pengembang desainer penyelia pelayan jurutera juruteknik kerani pegawai pembantu pemandu
    analist boekhouder inkoper vertegenwoordiger
    inženjer programer konobar medicinski tehničar računovođa inženir vzdrževalec
    """
)
"""Occupations, English first, then language by language. Sources: ISCO-08, headings of adverts."""

_ROLE_SUFFIXES = word_set(
    """entwickler entwicklerin ingenieur ingenieurin leiter leiterin leitung mitarbeiter mitarbeiterin
    mitarbeitende mitarbeitenden berater beraterin beratung verkäufer verkäuferin kaufmann kauffrau kaufleute
    bearbeiter bearbeiterin techniker technikerin mechaniker mechanikerin elektroniker elektronikerin
    mechatroniker monteur fahrer fahrerin referent referentin assistenz assistent assistentin praktikant
    praktikum werkstudent auszubildende pfleger pflegerin pflegefachkraft fachkraft fachkräfte fachmann
    fachfrau erzieher erzieherin pädagoge pädagogin lehrer lehrerin lehrkraft helfer helferin meister
    meisterin disponent disponentin buchhalter buchhalterin architekt architektin redakteur redakteurin
    experte expertin spezialist spezialistin administrator informatiker informatikerin designer designerin
    manager managerin planer planerin prüfer prüferin verwalter verwalterin sachbearbeitung administration
    sekretariat koordination betreuung führer führerin arbeiter arbeiterin doktorand doktorandin forscher
    forscherin kraft kräfte ontwikkelaar medewerker adviseur beheerder onderzoeker leider chauffeur utvecklare
    ingenjör konsulent leder ledare insinööri päällikkö asiantuntija ingeniør inzenyr engineer developer
    ologist keeper tekniker arbeider medarbeider rådgiver sjef selger koordinator sykepleier begeleider
    verpleegkundige assistente koordinatorin gestalter gestalterin ärztin therapeut therapeutin professur
    stelle ista istka dador dadora rador radora sador sadora tador tadora nheiro nheira meiro meira
    ngenieur teur teuse ceur
    trice icien icienne nier nière mier mière atore itore utore atrice mester mesteren arbejder assistent
    fører hjelper
    förare arbetare lärare skötare hållare snickare montör asentaja hoitaja opettaja kuljettaja ohjaaja tarkastaja
    valmistaja siivooja kokki pedagog pædagog terapeut rektor direktør sjåfør chauffør maskinist mekaniker
    ytor programator"""
)

_CJK_ROLES = word_set(
    """
    エンジニア マネージャ デザイナ ディレクター コンサルタント プログラマ 営業 責任者 スタッフ
    アルバイト インターン 研究員 事務 リーダー アシスタント プランナー アナリスト スペシャリスト 開発者
    プロデューサー 編集者 サイエンティスト 担当 職種 正社員 総合職 技術者 アーキテクト コーダー ライター
    マーケター サクセス ドライバー 看護師 介護士 介護職 保育士 調理師 美容師 警備員 清掃員 管理員
    モデラー 整備士 オペレータ 講師 店長 販売員 薬剤師 栄養士 施工管理 作業員 アーティスト 工程师 工程師
    经理 經理 设计师 設計師 专员 專員 主管 总监 總監 实习生 實習生 助理 顾问 顧問 分析师 分析師 架构师
    研发 程序员 程序員 技术员 技術員 教师 教師 护士 護士 厨师 廚師 司机 司機 会计 會計 文员 收银员
    业务员 엔지니어 개발자 매니저 디자이너 담당자 인턴 기획자 마케터 연구원 영업 간호사 교사 강사 팀장
    디렉터 프로그래머
    """
)

_PHRASES = late(
    # Vietnamese, whose words are written in syllables
    r"(?<!\w)(?:nhân viên|chuyên viên|kỹ sư|kĩ sư|trưởng (?:phòng|nhóm|ca|bộ phận)"
    r"|phó phòng|giám đốc"
    r"|giám sát|quản lý|kế toán|lập trình viên|thực tập sinh|trợ lý|thư ký|lái xe|tài xế|công nhân|đầu bếp"
    r"|phục vụ bàn|thu ngân"
    r"|kiểm toán viên|giáo viên|giảng viên|điều dưỡng|dược sĩ|bác sĩ|cộng tác viên|thẩm định viên"
    r"|thợ (?:hàn|điện|may|máy|sơn)|juru masak|juru rawat|kepala (?:bagian|toko|dapur|gudang))(?!\w)"
    # Thai, Hindi, Arabic and Persian, Hebrew
    r"|พนักงาน|เจ้าหน้าที่|วิศวกร|ผู้จัดการ|นักบัญชี|โปรแกรมเมอร์|ผู้ช่วย|หัวหน้า|พยาบาล|คนขับรถ|ช่างเทคนิค|ช่างไฟ"
    r"|इंजीनियर|प्रबंधक|अधिकारी|सहायक|शिक्षक|लिपिक|चालक|तकनीशियन|क्लर्क|ऑफिसर|मैनेजर"
    r"|(?<!\w)(?:ال)?(?:مهندس|مدير|محاسب|مطور|مبرمج|موظف|[أا]خصائي|فني|مساعد|مندوب|معلم|ممرض|طبيب|سائق"
    r"|مشرف|محلل|مصمم|سكرتير|مهندسة|مديرة|محاسبة|کارشناس|مهندس|حسابدار|برنامه‌نویس)(?!\w)"
    r"|(?<!\w)(?:מהנדס|מנהל|מפתח|נציג|טכנאי|מזכיר|רכז|נהג|חשב|אנליסט|מתמחה|רופא|מורה|אחות)(?:ת|ה|/ת|/ה|\.ת)?(?!\w)"
)
"""Occupations of languages whose words are not parted as those above. Sources: ISCO-08, headings of adverts."""
_WORD = late(r"[^\W\d_]+(?:[-/'’][^\W\d_]+)*")
_ENDINGS = tuple(stem + ending for stem in _ROLE_SUFFIXES for ending in ("", "s", "n", "en", "innen"))
_CJK = late("|".join(_CJK_ROLES))
_GENDER = late(
    r"\(\s*(?:[mwfdxihnagv]|div|gn|all\s+genders?|alle|m/w|h/f)(?:\s*[/|,*.\-]\s*(?:[mwfdxihnv]|div|gn"
    r"|divers|m/w))*\s*\)"
    r"|\b(?:[mwfd]\s*[/|]\s*[mwfdx]\s*[/|]\s*[mwfdxi]|[hf]\s*/\s*[fh]|[mw]\s*/\s*[wm]|m\s*/\s*f|f\s*/\s*m)\b"
    r"|\(?\ball genders\b|[:*_/|]\s?-?in(?:nen)?\b|\bH/F\b",
    re.IGNORECASE,
)
"""Gender markers of German, French, Dutch, Swiss and Austrian titles: (m/w/d), H/F, Entwickler:in."""
_INCLUSIVE = late(
    r"[^\W\d_]{3}(?:\((?:e|ne|se|le|re|ère|euse|rice|trice|ice|ière|a|as|ora|oras)\)s?"
    r"|·(?:e|ne|se|le|re|ère|euse|rice|trice|ice|ière)(?:·?s)?)(?!\w)"
)
"""One who works, in both genders, as French, Spanish and Portuguese write it: chargé(e), intervenant·e·s."""
_GENDER_SLUG = late(r"(?:^|[-_])(?:[mwfd]-[mwfdx](?:-[mwfdxi])?|mwd|wmd|mfd|fmd|h-f|f-h|all-genders)(?:[-_.]|$)")


@lru_cache(maxsize=4_096)
def has_role(text: str) -> bool:
    """Tell whether *text* names an occupation in one of the languages."""
    low = text.lower()
    if _CJK.search(low) or _PHRASES.search(low) or _INCLUSIVE.search(low):
        return True
    return any(_is_role(word) for word in _WORD.findall(low))


@lru_cache(maxsize=4_096)
def has_gender_marker(text: str) -> bool:
    """Tell whether *text* carries the gender marker of a job title."""
    return bool(_GENDER.search(text))


def slug_reads_like_title(slug: str) -> bool:
    """Tell whether a path segment (unquoted, lower case) names an occupation or carries a gender marker."""
    if slug.isalpha() and slug.endswith("s") and slug[:-1] in _ROLES:
        return False  # `designers`, `students`: those it speaks to
    return bool(_GENDER_SLUG.search(slug)) or has_role(slug.replace("-", " ").replace("_", " ").replace("+", " "))


_NO_ROLES = word_set(
    """revista entrevista conquista premier premiere première chantier courrier secteur moteur intérieur extérieur
    primeiro primeira terceiro financeiro financeira brasileiro estrangeiro carreira settore fattore lettore
    technik elektronik mechanik informatik logistik robotik grafik statistik panier indicateur ordinateur salaire
    lista dinheiro semester trimester dernier dernière manière douceur primeiros ordinateur"""
)
"""Words with such an ending that name nobody."""
_NO_ROLE_SUFFIXES = ("haltestelle", "baustelle", "tankstelle", "schnittstelle", "sammelstelle", "anlaufstelle",
                     "beratungsstelle", "geschäftsstelle", "meldestelle", "annahmestelle", "dienststelle",
                     "fachstelle", "poststelle", "zapfstelle", "bruchstelle",
                     "bestellen", "erstellen", "herstellen", "vorstellen", "einstellen", "ausstellen",
                     "feststellen", "umstellen", "zustellen", "anstellen", "abstellen", "aufstellen",
                     "verstellen", "darstellen",
                     "bereitstellen", "sicherstellen", "unterstellen", "nachstellen", "freistellen", "klarstellen",
                     "fertigstellen", "richtigstellen")  # fmt: skip
"""Places and verbs, not posts."""


def _is_role(word: str) -> bool:
    if word in _NO_ROLES or word.endswith(_NO_ROLE_SUFFIXES):
        return False
    if word in _ROLES or (word.endswith("s") and word[:-1] in _ROLES):
        return True
    if "-" in word or "/" in word:
        return any(_is_role(part) for part in re.split(r"[-/]", word) if len(part) > 2)
    return len(word) > 6 and word.endswith(_ENDINGS)
