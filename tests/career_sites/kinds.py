"""Many small sites, each of another kind and many in another language; each on a host of its own.

A site has five jobs. It begins with the first four; what is open is changed between two cycles.
"""

from __future__ import annotations

import json
import random
from contextlib import ExitStack
from dataclasses import dataclass, field
from html import escape
from types import TracebackType
from typing import Self
from urllib.parse import quote

from tests.career_sites.server import Reply, Request, Server

PAGE = (
    '<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title></head><body><header>'
    '<a href="/">{firm}</a><nav><a href="/about">{firm}</a> <a href="/news/41-summer">2026</a></nav></header>'
    '<main>{main}</main><footer><a href="/privacy">©</a></footer></body></html>'
)
POSTS = {
    "en": ("We are looking for a colleague.", "Your tasks", "You look after our customers.", "Requirements", "A steady hand.",
           "Apply now"),
    "de": ("Wir suchen Verstärkung.", "Ihre Aufgaben", "Sie betreuen unsere Kunden.", "Ihr Profil", "Sorgfalt und Freude.",
           "Jetzt bewerben"),
    "fr": ("Nous recrutons.", "Vos missions", "Vous accueillez nos clients.", "Votre profil", "De la rigueur.", "Postuler"),
    "es": ("Buscamos una persona.", "Funciones", "Atender a los clientes.", "Requisitos", "Cuidado y ganas.", "Inscribirse"),
    "it": ("Cerchiamo una persona.", "Mansioni", "Assistere i clienti.", "Requisiti", "Precisione.", "Candidati"),
    "nl": ("Wij zoeken een collega.", "Jouw taken", "Je helpt onze klanten.", "Jouw profiel", "Een vaste hand.", "Solliciteer"),
    "pl": ("Szukamy osoby do zespołu.", "Zakres obowiązków", "Obsługa klientów.", "Wymagania", "Dokładność.", "Aplikuj"),
    "cs": ("Hledáme kolegu.", "Náplň práce", "Péče o zákazníky.", "Požadujeme", "Pečlivost.", "Mám zájem"),
    "sv": ("Vi söker en kollega.", "Arbetsuppgifter", "Du hjälper våra kunder.", "Kvalifikationer", "Noggrannhet.", "Ansök här"),
    "fi": ("Haemme työkaveria.", "Työtehtävät", "Autat asiakkaitamme.", "Odotamme", "Huolellisuutta.", "Hae paikkaa"),
    "hu": ("Munkatársat keresünk.", "Feladatok", "Ügyfeleink segítése.", "Elvárások", "Gondosság.", "Jelentkezem"),
    "ro": ("Căutăm un coleg.", "Responsabilități", "Ajuți clienții noștri.", "Cerințe", "Atenție.", "Aplică acum"),
    "el": ("Ζητούμε συνεργάτη.", "Καθήκοντα", "Εξυπηρέτηση πελατών.", "Προσόντα", "Προσοχή.", "Υποβολή αίτησης"),
    "vi": ("Công ty tuyển người.", "Mô tả công việc", "Chăm sóc khách hàng.", "Yêu cầu", "Cẩn thận.", "Ứng tuyển"),
    "ja": ("仲間を募集しています。", "仕事内容", "お客様のお世話をします。", "応募資格", "丁寧な方。", "応募する"),
}  # fmt: skip
"""A post in each language: a sentence, the heading and text of duties and of needs, and a button."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How a site shows its jobs. `{n}` is a job's number, `{slug}` its title as a path, `{title}` the title."""

    name: str
    lang: str
    path: str
    href: str
    row: str
    main: str
    titles: tuple[str, str, str, str, str]
    ends_at: str = ""
    """Where the address of a post is sent on to; empty where it is not."""
    each: int = 5
    """Rows of one page of the list."""
    more: str = ""
    """How its further pages are reached; `{pages}` are their links or options."""


L = "<h1>{head}</h1><ul>{rows}</ul>"
EN = ("Weaver", "Site Engineer", "Night Porter", "Data Analyst", "Payroll Officer")
KINDS = (
    Kind("list", "en", "/careers", "/careers/{slug}", '<li><a href="{href}">{title}</a> Leeds</li>',
         L.format(head="Open positions", rows="{rows}"), EN),
    Kind("table", "de", "/karriere/offen", "/karriere/stelle.php?nr={n}", '<tr><td><a href="{href}">{title}</a></td><td>Ulm</td></tr>',
         "<h1>Offene Stellen</h1><table>{rows}</table>",
         ("Zerspanungsmechaniker (m/w/d)", "Einkäufer Stahl", "Teamleitung Montage", "Lagerist", "Buchhalterin")),
    Kind("rows with data", "fr", "/recrutement", "/recrutement/fiche/{n}", '<tr data-href="{href}"><td>{title}</td><td>Lyon</td></tr>',
         "<h1>Postes à pourvoir</h1><table>{rows}</table><script>for (const row of document.querySelectorAll('tr'))"
         " row.onclick = () => {{ location = row.dataset.href; }}</script>",
         ("Conducteur SPL", "Exploitant transport", "Mécanicien poids lourds", "Cariste", "Comptable")),
    Kind("cards that are links", "en", "/vacancies", "/vacancies/{slug}",
         '<a class="card" href="{href}"><span>Permanent</span><h3>{title}</h3><p>York</p><p>£34,000 a year</p></a>',
         '<h1>Vacancies</h1><div class="grid">{rows}</div>', ("Plant Fitter", "Receptionist", "Surveyor", "Welder", "Cook")),
    Kind("button in a card", "ro", "/cariere", "/cariere/{n}", '<div class="poz"><h4>{title}</h4><p>Codlea</p><a href="{href}">Vezi detalii</a></div>',
         "<h1>Cariere</h1>{rows}", ("Tâmplar", "Operator CNC", "Agent vânzări", "Electrician", "Contabil")),
    Kind("definitions", "ja", "/recruit/", "/recruit/job{n}.html", '<dt><a href="{href}">{title}</a></dt><dd>横浜</dd>',
         "<h1>採用情報</h1><h2>募集職種</h2><dl>{rows}</dl>", ("機械設計エンジニア", "品質管理", "営業事務", "経理スタッフ", "製造オペレーター")),
    Kind("tabs", "es", "/empleo", "/empleo/ver/{n}", '<li><a href="{href}">{title}</a> <span>Murcia</span></li>',
         '<h1>Ofertas de empleo</h1><div role="tablist"><button role="tab" aria-selected="true">A</button><button role="tab">B</button></div>'
         '<div role="tabpanel"><ul>{half}</ul></div><div role="tabpanel" hidden><ul>{rest}</ul></div>',
         ("Enfermera", "Fisioterapeuta", "Auxiliar de clínica", "Gestor de citas", "Contable")),
    Kind("pages by a choice", "sv", "/lediga-jobb", "/lediga-jobb/annons/{n}", '<li><h3><a href="{href}">{title}</a></h3>Norrvik</li>',
         "<h1>Lediga jobb</h1><p>Visar {shown} av {all}</p><ul>{rows}</ul>{pager}",
         ("Undersköterska", "Förskollärare", "Drifttekniker", "Bibliotekarie", "Kock"), each=3,
         more="<select onchange=\"location.href='?page='+this.value\">{options}</select>"),
    Kind("pages by links", "it", "/lavoro", "/lavoro/annuncio/{n}-{slug}", '<div class="item"><h2><a href="{href}">{title}</a></h2>Genova</div>',
         "<h1>Posizioni aperte</h1><p>{all} posizioni</p>{rows}{pager}",
         ("Saldatore TIG", "Impiegata acquisti", "Magazziniere", "Tecnico CAD", "Autista"), each=3,
         more='<div class="pagination">{links}</div>'),
    Kind("one word each", "cs", "/prace", "/prace/{slug}.html", '<li><a href="{href}">{title}</a></li>',
         L.format(head="Volná místa", rows="{rows}"), ("Svářeč", "Účetní", "Elektrikář", "Řidič", "Kuchař")),
    Kind("unknown words", "vi", "/tuyen-dung", "/tin/{n}", '<tr><td><a href="{href}">{title}</a></td><td>15/01/2027</td></tr>',
         "<h2>Thông tin tuyển dụng</h2><table>{rows}</table>",
         ("Điều dưỡng", "Bác sĩ nội khoa", "Lái xe", "Kế toán", "Bảo vệ")),
    Kind("a number in the query", "hu", "/allasok", "/allasok?azonosito={n}", '<div class="item"><a href="{href}">{title}</a> <em>Szolnok</em></div>',
         "<h1>Állásajánlatok</h1>{rows}", ("Laboráns", "Szerelő", "Munkatárs", "Raktáros", "Könyvelő")),
    Kind("a number that is searched for", "en", "/jobs", "/jobs?q={n}", '<li><a href="{href}">{title}</a> <span>Hull</span></li>',
         L.format(head="Jobs", rows="{rows}"), ("Crane Driver", "Harbour Pilot", "Rigger", "Ship Agent", "Diver")),
    Kind("another query", "nl", "/vacatures", "/vacature?query={n}", '<li><a href="{href}">{title}</a> <span>Zwolle</span></li>',
         L.format(head="Vacatures", rows="{rows}"), ("Lasser", "Timmerman", "Chauffeur", "Monteur", "Planner")),
    Kind("redirects", "en", "/work-here", "/r/{n}", '<li><a href="{href}">{title}</a> Grade 8, closes 10 Jan</li>',
         L.format(head="Vacancies", rows="{rows}"), ("Lecturer in Soil Physics", "Timetabling Officer", "Technician", "Registrar", "Librarian"),
         ends_at="/posts/{n}/{slug}"),
    Kind("handlers", "pl", "/praca", "/praca/oferta-{n}", "<div class=\"oferta\" onclick=\"location.href='{href}'\"><b>{title}</b> Brzeg</div>",
         "<h1>Oferty pracy</h1>{rows}", ("Formierz", "Operator suwnicy", "Księgowa", "Spawacz", "Magazynier")),
    Kind("data alone", "en", "/company/openings", "/company/openings/{n}", "<div>{title} in Exeter</div>",
         "<h1>Openings</h1>{rows}{ld}", ("Coating Technician", "Firmware Engineer", "Shipping Clerk", "Optics Buyer", "Tester")),
    Kind("fragments", "en", "/join-us", "/join-us#item-{n}", '<li><a href="{href}">{title}</a></li>',
         "<h1>Open positions</h1><ul>{rows}</ul>{texts}", ("Loom Technician", "Dye Master", "Shift Supervisor", "Fitter", "Storekeeper")),
    Kind("routes", "de", "/stellen/", "/stellen/#/stelle/{n}", '<li><a href="{href}">{title}</a> <span>Ulm</span></li>',
         '<div id="app"></div><script>{routes}</script>', ("Projektleiter", "Gärtner", "Tischler", "Maurer", "Sekretärin")),
    Kind("closed shadow tree", "fi", "/avoimet-tyopaikat", "/avoimet-tyopaikat/{n}", '<li><a href="{href}">{title}</a> <span>Turku</span></li>',
         "<h1>Avoimet työpaikat</h1><x-list></x-list><script>document.querySelector('x-list').attachShadow({{mode: 'closed'}})"
         ".innerHTML = {json};</script>", ("Hitsaaja", "Myyjä", "Varastotyöntekijä", "Kokki", "Kuljettaja")),
    Kind("late", "fr", "/emplois", "/emplois/{slug}-{n}", '<article><h3><a href="{href}">{title}</a></h3><p>Nantes</p></article>',
         "<h1>Nos offres d'emploi</h1><div id=o></div><script>setTimeout(() => {{ document.querySelector('#o').innerHTML = {json}; }}, 900);"
         "</script>", ("Soudeur", "Menuisier", "Acheteuse", "Infirmier", "Cuisinier")),
    Kind("posts elsewhere", "it", "/lavora-con-noi", "{away}/jobs/view/40123{n}", '<li><a href="{href}">{title}</a> <span>Bari</span></li>',
         L.format(head="Posizioni aperte", rows="{rows}"), ("Avvocato", "Segretaria", "Praticante legale", "Archivista", "Contabile")),
    Kind("forms elsewhere", "es", "/trabaja-con-nosotros", "{away}/forms/d/e/{n}abcDEF/viewform",
         '<li><a href="{href}">{title}</a> <span>Vigo</span></li>', L.format(head="Ofertas de empleo", rows="{rows}"),
         ("Cocinero", "Camarera", "Recepcionista", "Jardinero", "Gobernanta")),
    Kind("an old board", "en", "/career", "/career?career_ns=job_listing&company=mill&navBarLevel=JOB_SEARCH&career_job_req_id={n}",
         '<tr class="jobResultItem"><td><a id="jobTitle{n}" href="{href}">{title}</a></td><td>Requisition ID {n}</td><td>Posted 11/20/2026</td></tr>',
         '<h1>Search Results</h1><form id="careerform"><input name="keywords"></form><p>{all} jobs matched your search.</p><table>{rows}</table>',
         ("Boiler Operator", "Safety Advisor", "Shift Lead", "Chemist", "Buyer")),
    Kind("menu in the text", "de", "/jobs", "/jobs/{slug}", '<li><a href="{href}">{title}</a></li>',
         '<h1>Offene Stellen</h1><nav class="list"><ul>{rows}</ul></nav>', ("Bäcker", "Verkäuferin", "Konditorin", "Fahrer", "Filialleitung")),
    Kind("two headings", "el", "/ergasia", "/ergasia/thesi/{n}", "<li><a href='{href}'>{title}</a> – Νάξος</li>",
         "<h1>Θέσεις εργασίας</h1><h2>Νάξος</h2><ul>{half}</ul><h2>Πάρος</h2><ul>{rest}</ul>",
         ("Υπάλληλος υποδοχής", "Μάγειρας", "Τεχνικός", "Καμαριέρα", "Οδηγός")),
    Kind("shuffled and tracked", "nl", "/werken-bij", "/werken-bij/{slug}-{n}?utm_source=site&sid={dice}",
         '<div class="job"><h3>{title}</h3><a href="{href}">Bekijk vacature</a></div>', "<h1>Vacatures</h1>{rows}",
         ("Bakker", "Verkoper", "Bezorger", "Schoonmaker", "Inkoper")),
    Kind("folded parts", "de", "/stellenmarkt", "/stellenmarkt/{slug}-{n}", '<li><a href="{href}">{title}</a> <span>Ulm</span></li>',
         "<h1>Offene Stellen</h1><details><summary>Werk</summary><ul>{half}</ul></details><details><summary>Büro</summary><ul>{rest}</ul>"
         "</details>", ("Schlosser", "Industriemechaniker", "Sachbearbeiterin", "Controller", "Polier")),
    Kind("beside stories", "sv", "/jobba-hos-oss", "/jobba-hos-oss/lediga/{n}", '<li><a href="{href}">{title}</a> <span>Växjö</span></li>',
         "<h1>Jobba hos oss</h1><h2>Lediga jobb</h2><ul>{rows}</ul><h2>Möt oss</h2><ul><li><a href='/jobba-hos-oss/moet-kim'>Kim, snickare</a></li>"
         "<li><a href='/jobba-hos-oss/formaner'>Förmåner</a></li></ul>", ("Snickare", "Målare", "Elektriker", "Svetsare", "Ekonom")),
)  # fmt: skip
AWAY = "127.0.0.250"


@dataclass
class SmallSite:
    """One site of a kind on a host of its own."""

    kind: Kind
    host: str
    away: str = ""
    """The root of the other host that its posts may be on."""
    open: list[int] = field(default_factory=lambda: [0, 1, 2, 3])
    closed: set[int] = field(default_factory=set)
    port: int = 0

    @property
    def url(self) -> str:
        """The address of its list."""
        return f"http://{self.host}:{self.port}{self.kind.path}"

    def number(self, job: int) -> int:
        """The number that names a job in its addresses."""
        return 4100 + 13 * job + len(self.kind.name) * 100

    def address(self, job: int, pattern: str = "") -> str:
        """Give the address of a post as its list has it."""
        title = self.kind.titles[job]
        slug = quote("-".join("".join(char if char.isalnum() else " " for char in title.lower()).split()))
        dice = f"{random.getrandbits(40):010x}"
        return (pattern or self.kind.href).format(n=self.number(job), slug=slug, away=self.away, dice=dice)

    @property
    def titles(self) -> list[str]:
        """The titles that are open."""
        return sorted(self.kind.titles[job] for job in self.open)

    def answer(self, request: Request) -> Reply:
        """Answer as the site."""
        asked = request.target
        for job, title in enumerate(self.kind.titles):
            if self.kind.ends_at and asked == self.address(job):
                return Reply(status=302, headers=(("Location", self.address(job, self.kind.ends_at)),))
            if self._is_post(job, asked):
                return self._post(title) if job in self.open else Reply(b"<h1>Not found</h1>", 404)
        if request.path == self.kind.path:
            return self._list(int(request.query.removeprefix("page=")) if "page=" in request.query else 1)
        words = "<p>In the old days looms were made of oak, and so were the people who worked at them.</p>" * 9
        return self._page("1951", f"<h1>1951</h1>{words}")

    def _is_post(self, job: int, asked: str) -> bool:
        if "#" in self.kind.href:
            return False
        address = self.address(job, self.kind.ends_at).removeprefix(self.away).partition("?utm")[0]
        return quote(asked, safe="/?=&%") == address or asked == address or asked.startswith(f"{address}?utm")

    def _list(self, page: int) -> Reply:
        kind = self.kind
        jobs = list(self.open)
        if "{dice}" in kind.href:
            random.shuffle(jobs)
        shown = jobs[(page - 1) * kind.each : page * kind.each]
        rows = [self._row(job) for job in shown]
        half = len(rows) // 2 + 1
        main = kind.main
        said = {
            "rows": "".join(rows),
            "half": "".join(rows[:half]),
            "rest": "".join(rows[half:]),
            "all": str(len(jobs)),
            "shown": f"{(page - 1) * kind.each + 1}–{(page - 1) * kind.each + len(shown)}",
            "pager": self._pager(page, -(-len(jobs) // kind.each)),
            "json": json.dumps(f"<ul>{''.join(rows)}</ul>"),
            "ld": self._declared(shown),
            "texts": "".join(self._text(job) for job in shown),
            "routes": self._routes(rows, shown),
        }
        return self._page(kind.name.title() if kind.lang == "en" else "", main.format(**said))

    def _row(self, job: int) -> str:
        href = escape(self.address(job))
        return self.kind.row.format(href=href, title=escape(self.kind.titles[job]), n=self.number(job))

    def _pager(self, page: int, last: int) -> str:
        numbers = range(1, last + 1)
        options = "".join(f"<option value={n}{' selected' * (n == page)}>{n}</option>" for n in numbers)
        links = "".join(f"<b>{n}</b> " if n == page else f'<a href="?page={n}">{n}</a> ' for n in numbers)
        return self.kind.more.format(options=options, links=links)

    def _declared(self, jobs: list[int]) -> str:
        said = [
            {"@context": "https://schema.org", "@type": "JobPosting", "title": self.kind.titles[job], "url": self.address(job)}
            for job in jobs
        ]  # fmt: skip
        return f'<script type="application/ld+json">{json.dumps(said)}</script>'

    def _text(self, job: int) -> str:
        title = self.kind.titles[job]
        return f'<section id="item-{self.number(job)}"><h3>{title}</h3>{self._body()}</section>'

    def _routes(self, rows: list[str], jobs: list[int]) -> str:
        texts = {f"#/stelle/{self.number(job)}": f"<h1>{self.kind.titles[job]}</h1>{self._body()}" for job in jobs}
        listed = json.dumps(f"<h1>Offene Stellen</h1><ul>{''.join(rows)}</ul>")
        gone = json.dumps("<h1>Seite nicht gefunden</h1>")
        return (
            f"const texts = {json.dumps(texts)}; const show = () => {{ document.querySelector('#app').innerHTML ="
            f" location.hash ? texts[location.hash] || {gone} : {listed}; }}; onhashchange = show; show();"
        )

    def _body(self) -> str:
        begin, duties, duty, needs, need, button = POSTS[self.kind.lang]
        words = f"<p>{begin}</p><h4>{duties}</h4><p>{duty}</p><h4>{needs}</h4><p>{need}</p>"
        return f'{words}<a href="/apply-here">{button}</a>'

    def _post(self, title: str) -> Reply:
        return self._page(title, f"<h1>{escape(title)}</h1>{self._body()}")

    def _page(self, title: str, main: str) -> Reply:
        firm = "Brightloom"
        return Reply(PAGE.format(lang=self.kind.lang, title=escape(title or firm), firm=firm, main=main).encode())


class KindSites:
    """All kinds, served from entering to leaving the block."""

    def __init__(self) -> None:
        self.sites = [SmallSite(kind, f"127.0.0.{number}") for number, kind in enumerate(KINDS, 11)]
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        for site in self.sites:
            site.port = self._stack.enter_context(Server(site.answer, host=site.host)).port
            if "{away}" in site.kind.href:
                away = self._stack.enter_context(Server(site.answer, host=AWAY))
                site.away = f"http://{AWAY}:{away.port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()
