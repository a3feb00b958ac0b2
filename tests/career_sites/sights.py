"""Ways in which career sites show their lists: one sight each, served on two ports of one server each.

A sight answers every path of its site but its posts. What differs between two sights is how the list is
reached: late, by scrolling, behind a question, in pieces, in frames, in shadow trees, in rows without links,
in data.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

from tests.career_sites.adverts import JobAd
from tests.career_sites.frame import page, prose
from tests.career_sites.lists import nothing_open
from tests.career_sites.posts import post
from tests.career_sites.server import Answer, Reply, Request, Server
from tests.career_sites.site import Site

SCRIPT = (Path(__file__).with_name("scripts") / "sights.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class View:
    """What a sight is asked for."""

    site: Site
    jobs: Sequence[JobAd]
    rest: str
    """The path below the site."""
    query: dict[str, str]
    other: str
    """The root of the same site on another origin."""
    elsewhere: bool
    """Asked on the other origin."""

    @property
    def base(self) -> str:
        return f"/{self.site.slug}"

    def href(self, ad: JobAd) -> str:
        return self.site.job_path(ad)

    def number(self, name: str, otherwise: int = 1) -> int:
        return int(self.query.get(name) or otherwise)

    def part(self, page_number: int, size: int) -> Sequence[JobAd]:
        return self.jobs[(page_number - 1) * size : page_number * size]

    def rows(self, jobs: Sequence[JobAd] | None = None) -> str:
        """Give plain rows with links."""
        return "".join(
            f'<li class="opening"><h3><a href="{escape(self.href(ad))}">{escape(ad.title)}</a></h3>'
            f"<span>{escape(ad.team)}</span> <span>{escape(ad.town)}</span></li>"
            for ad in (self.jobs if jobs is None else jobs)
        )

    def data(self, jobs: Sequence[JobAd] | None = None) -> list[dict[str, str]]:
        return [
            {"id": ad.id, "slug": ad.slug, "title": ad.title, "team": ad.team, "location": ad.town}
            for ad in (self.jobs if jobs is None else jobs)
        ]

    def show(self, main: str, script: str = "", head: str = "") -> Reply:
        """Frame *main* as the careers page, with a script that has DATA, BASE and the helpers of sights.js."""
        code = ""
        if script:
            names = f"const BASE = {json.dumps(self.base)};"
            code = f"<script>(() => {{ {names}\n{SCRIPT}\n{script}\n}})();</script>"
        return page(
            self.site, f"Careers | {self.site.name}", f"<h1>Work with us</h1>{main}", head=head, scripts=code
        )

    def json(self, value: object, delay_s: float = 0.0) -> Reply:
        return Reply(json.dumps(value).encode(), kind="application/json", delay_s=delay_s)


Render = Callable[[View], Answer]
SIGHTS: dict[str, Render] = {}
SLOW: set[str] = set()
"""Sights that take seconds by themselves."""


def sight(name: str, *, slow: bool = False) -> Callable[[Render], Render]:
    def keep(render: Render) -> Render:
        SIGHTS[name] = render
        if slow:
            SLOW.add(name)
        return render

    return keep


@dataclass
class Sights:
    """Serves sights; each one's jobs and mode may be changed while it runs."""

    jobs: dict[str, tuple[JobAd, ...]]
    mode: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._here = Server(lambda request: self._answer(request, elsewhere=False))
        self._there = Server(lambda request: self._answer(request, elsewhere=True))
        self._here.__enter__()
        self._there.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._there.__exit__(kind, error, trace)
        self._here.__exit__(kind, error, trace)

    def site(self, name: str) -> Site:
        return Site(name, "static", self.jobs[name])

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self._here.port}{self.site(name).careers}"

    def job_urls(self, name: str) -> set[str]:
        root = f"http://127.0.0.1:{self._here.port}"
        site = self.site(name)
        if name.startswith("hash"):
            return {f"{root}/{site.slug}/careers#/job/{ad.id}" for ad in self.jobs[name]}
        return {root + site.job_path(ad) for ad in self.jobs[name]}

    def _answer(self, request: Request, *, elsewhere: bool) -> Answer:
        self.requests.append(request.target)
        slug, _, rest = request.path.lstrip("/").partition("/")
        name = next((each for each in self.jobs if self.site(each).slug == slug), None)
        if name is None:
            return Reply(b"<h1>Not found</h1>", 404)
        site, mode = self.site(name), self.mode.get(name, "ok")
        if rest.startswith("jobs/"):
            ad = next((ad for ad in site.jobs if rest == f"jobs/{ad.slug}"), None)
            return post(site, ad) if ad else replace(prose(site, "page not found"), status=404)
        if mode == "blocked":
            return Reply(b"<title>Access denied</title><h1>Are you a human?</h1>", 403)
        if mode == "none" and not rest.startswith(("api", "embed")):
            return nothing_open(site)
        query = {key: values[0] for key, values in parse_qs(request.query).items()}
        other = f"http://localhost:{self._there.port}/{slug}"
        here = f"http://127.0.0.1:{self._here.port}"
        view = View(site, site.jobs, rest, query, other, elsewhere)
        answer = (
            SIGHTS[name](view)
            if not rest.startswith(("about", "blog", "product", "contact"))
            else prose(site, rest)
        )
        if elsewhere and isinstance(answer, Reply):
            answer = replace(answer, body=answer.body.replace(b'href="/', f'href="{here}/'.encode()))
        return answer


# ---- lists that come late


@sight("static")
def _(view: View) -> Answer:
    return view.show(f"<ul>{view.rows()}</ul>")


@sight("late fetch", slow=True)
def _(view: View) -> Answer:
    if view.rest == "api/list":
        return view.json(view.data(), 4.8)
    return view.show(
        '<div id="app"></div>', "fetch(BASE + '/api/list').then((r) => r.json()).then((d) => show(d, app()));"
    )


@sight("late spinner", slow=True)
def _(view: View) -> Answer:
    main = f'<ul>{view.rows(view.jobs[:1])}</ul><div class="loading-spinner">Loading…</div><ul id="app"></ul>'
    script = f"setTimeout(() => {{ document.querySelector('.loading-spinner').remove(); show({json.dumps(view.data())}, app()); }}, 4800);"
    return view.show(main, script)


@sight("late without a sign", slow=True)
def _(view: View) -> Answer:
    return view.show('<div id="app"></div>', f"setTimeout(() => show({json.dumps(view.data())}, app()), 4900);")


# ---- scrolling


def _chunks(view: View, size: int = 4) -> Answer | None:
    if view.rest == "api/chunk":
        start = view.number("start", 0)
        return view.json(view.data(view.jobs[start : start + size]), 0.15)
    return None


@sight("endless window")
def _(view: View) -> Answer:
    script = """
      const list = app(); let start = 0, busy = false, done = false;
      const load = async () => { if (busy || done) return; busy = true;
        const d = await (await fetch(`${BASE}/api/chunk?start=${start}`)).json(); start += d.length; done = !d.length; show(d, list, "tall"); busy = false; };
      addEventListener("scroll", () => { if (innerHeight + scrollY > document.documentElement.scrollHeight - 300) load(); });
      load();"""
    return _chunks(view) or view.show('<ul id="app"></ul>', script)


@sight("endless by observer")
def _(view: View) -> Answer:
    script = f"""
      const all = {json.dumps(view.data())}; let start = 0;
      const list = app();
      const mark = list.parentElement.appendChild(document.createElement("div")); mark.style.height = "2px";
      const more = () => {{ const d = all.slice(start, start + 4); start += d.length; show(d, list, "tall"); }};
      more();
      new IntersectionObserver(([e]) => {{ if (e.isIntersecting) setTimeout(more, 500); }}, {{ rootMargin: "50px" }}).observe(mark);"""
    return view.show('<ul id="app"></ul>', script.replace("all =", "all = window.none ||", 0))


@sight("endless inner")
def _(view: View) -> Answer:
    script = """
      const list = app(); let start = 0, busy = false, done = false;
      const load = async () => { if (busy || done) return; busy = true;
        const d = await (await fetch(`${BASE}/api/chunk?start=${start}`)).json(); start += d.length; done = !d.length; show(d, list, "tall"); busy = false; };
      list.addEventListener("scroll", () => { if (list.scrollTop + list.clientHeight > list.scrollHeight - 40) load(); });
      load();"""
    return _chunks(view) or view.show('<ul id="app" style="height:300px;overflow-y:auto"></ul>', script)


def _virtual(view: View, style: str, scroller: str) -> Answer:
    if view.rest == "api/all":
        return view.json({"results": [{"n": 1}]})
    script = f"""
      const all = (() => {json.dumps([[ad.slug, ad.title] for ad in view.jobs])})();
      const box = app(), high = 120, on = {scroller};
      box.innerHTML = `<div style="height:${{all.length * high}}px;position:relative"></div>`;
      const draw = () => {{
        const top = Math.max(0, (on === window ? scrollY - box.offsetTop : on.scrollTop)), tall = on === window ? innerHeight : on.clientHeight;
        const from = Math.max(0, Math.floor(top / high) - 1), to = Math.min(all.length, Math.ceil((top + tall) / high) + 1);
        box.firstChild.innerHTML = all.slice(from, to).map(([slug, title], i) => `<div class="row" style="position:absolute;top:${{(from + i) * high}}px">` +
          `<h3><a href="${{BASE}}/jobs/${{slug}}">${{title}}</a></h3><span>Full-time</span></div>`).join("");
      }};
      on.addEventListener("scroll", () => requestAnimationFrame(draw)); draw();"""
    return view.show(f'<div id="app" style="{style}"></div>', script)


@sight("virtual inner")
def _(view: View) -> Answer:
    return _virtual(view, "height:360px;overflow:auto", "app()")


@sight("virtual window")
def _(view: View) -> Answer:
    return _virtual(view, "", "window")


# ---- questions


def _asked(view: View, words: str, yes: str, *, shadow: bool = False, shape: str = "fixed") -> Answer:
    button = f'<button class="b1">Settings</button><button class="b2" id="yes">{yes}</button>'
    style = {"fixed": "position:fixed;bottom:0;left:0;right:0;background:#fff", "plain": ""}[shape]
    bar = f'<div class="bar" style="{style}"><p>{words}</p>{button}</div>'
    script = f"""
      const host = document.body.appendChild(document.createElement("div"));
      const root = {"host.attachShadow({ mode: 'open' })" if shadow else "host"};
      root.innerHTML = {json.dumps(bar)};
      root.querySelector("#yes").addEventListener("click", () => {{ host.remove(); fetch(BASE + "/api/list").then((r) => r.json()).then((d) => show(d, app())); }});"""
    if view.rest == "api/list":
        return view.json(view.data())
    return view.show('<ul id="app"></ul>', script)


_QUESTIONS = {
    "en": ("We use cookies to improve your experience.", "Accept all"),
    "de": ("Wir verwenden Cookies und ähnliche Technologien.", "Alle akzeptieren"),
    "fr": ("Nous respectons votre vie privée et utilisons des cookies.", "Tout accepter"),
    "es": ("Utilizamos cookies propias y de terceros.", "Aceptar todas las cookies"),
    "nl": ("Wij gebruiken cookies.", "Akkoord"),
    "it": ("Questo sito utilizza i cookie.", "Accetta tutti"),
    "pt": ("Utilizamos cookies neste site.", "Aceitar"),
    "pl": ("Ta strona używa plików cookie (ciasteczka).", "Zgadzam się"),
    "only ok": ("This site stores cookies.", "OK"),
    "reject": ("Your privacy matters.", "Only necessary"),
}
for _name, (_words, _yes) in _QUESTIONS.items():
    sight(f"question {_name}")(partial(_asked, words=_words, yes=_yes))
sight("question in a shadow tree")(lambda view: _asked(view, *_QUESTIONS["en"], shadow=True))
sight("question in the way")(lambda view: _asked(view, *_QUESTIONS["de"], shape="plain"))


@sight("question in a frame")
def _(view: View) -> Answer:
    if view.rest == "api/list":
        return view.json(view.data())
    if view.rest == "embed/consent":
        body = """<p>We and our partners store cookies.</p><button onclick="parent.postMessage('yes','*')">Accept all</button>"""
        return Reply(f"<!doctype html><body>{body}</body>".encode())
    script = f"""
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.title = "Privacy"; frame.src = "{view.other}/embed/consent"; frame.style.cssText = "position:fixed;inset:0;width:100%;height:100%";
      addEventListener("message", () => {{ frame.remove(); fetch(BASE + "/api/list").then((r) => r.json()).then((d) => show(d, app())); }});"""
    return view.show('<ul id="app"></ul>', script)


@sight("question that reloads")
def _(view: View) -> Answer:
    script = f"""
      if (document.cookie.includes("{view.site.slug}=1")) show({json.dumps(view.data())}, app());
      else {{ const d = document.body.appendChild(document.createElement("dialog")); d.innerHTML = "<p>Cookies on this site</p><a href='#' class='btn'>I agree</a>"; d.showModal();
        d.querySelector("a").onclick = () => {{ document.cookie = "{view.site.slug}=1"; location.reload(); }}; }}"""
    return view.show('<ul id="app"></ul>', script)


# ---- load more


def _more(view: View, words: str, *, replaces: bool = False, hidden: bool = False, tag: str = "button") -> Answer:
    if hidden:
        rows = "".join(row + "</li>" for row in view.rows().split("</li>")[:-1])
        script = """const rows = [...app().children]; let shown = 4; const b = document.querySelector(".more");
          const draw = () => { rows.forEach((r, i) => { r.remove(); if (i < shown) app().append(r); }); if (shown >= rows.length) b.style.display = "none"; };
          b.onclick = () => { shown += 4; draw(); }; draw();"""
        return view.show(f'<ul id="app">{rows}</ul><button class="more">{words}</button>', script)
    script = f"""
      const list = app(); let start = 0; const b = document.querySelector(".more");
      const load = async () => {{ b.disabled = true; const d = await (await fetch(`${{BASE}}/api/chunk?start=${{start}}`)).json(); start += d.length; b.disabled = false;
        if ({json.dumps(replaces)} && d.length) list.replaceChildren(); show(d, list); if (d.length < 4) b.remove(); }};
      b.addEventListener("click", load); load();"""
    control = f'<{tag} class="more" {"tabindex=0 role=button" if tag == "div" else ""}>{words}</{tag}>'
    return _chunks(view) or view.show(f'<ul id="app"></ul>{control}', script)


for _name, _words in {
    "en": "Load more", "jobs": "Show more jobs", "de": "Mehr anzeigen", "fr": "Voir plus d'offres", "es": "Cargar más",
    "nl": "Meer vacatures laden", "it": "Carica altri", "pt": "Ver mais", "pl": "Pokaż więcej", "all": "View all 9 openings",
}.items():  # fmt: skip
    sight(f"more {_name}")(partial(_more, words=_words))
sight("more replaces")(lambda view: _more(view, "Load more", replaces=True))
sight("more is hidden")(lambda view: _more(view, "Show more", hidden=True))
sight("more in a div")(lambda view: _more(view, "Load more", tag="div"))


# ---- pages


def _paged(view: View, number: int, links: Callable[[int, int], str], head: str = "") -> Answer:
    last = (len(view.jobs) + 3) // 4
    number = min(number, last)
    return view.show(
        f'<ul>{view.rows(view.part(number, 4))}</ul><div class="bottom">{links(number, last)}</div>', head=head
    )


def _pager(view: View, url: str) -> Callable[[int, int], str]:
    def links(number: int, last: int) -> str:
        items = "".join(
            f"<li><span>{n}</span></li>" if n == number else f'<li><a href="{url.format(n)}">{n}</a></li>'
            for n in range(1, last + 1)
        )
        return f'<ul class="pagination">{items}</ul>'

    return links


@sight("pages by query")
def _(view: View) -> Answer:
    return _paged(view, view.number("page"), _pager(view, f"{view.base}/careers?page={{}}"))


@sight("pages by path")
def _(view: View) -> Answer:
    number = int(view.rest.rpartition("/")[2]) if view.rest.startswith("careers/page/") else 1
    return _paged(view, number, _pager(view, f"{view.base}/careers/page/{{}}"))


@sight("pages by rel next")
def _(view: View) -> Answer:
    number = view.number("p")
    more = number * 4 < len(view.jobs)
    head = f'<link rel="next" href="{view.base}/careers?p={number + 1}">' if more else ""
    return _paged(view, number, lambda n, last: "", head)


@sight("pages by arrow")
def _(view: View) -> Answer:
    def links(n: int, last: int) -> str:
        off = ' class="disabled" aria-disabled="true"' if n == last else ""
        return f'<nav><a aria-label="Next page" href="{view.base}/careers?offset={n * 4}"{off}><svg width="9" height="9"></svg></a></nav>'

    return _paged(view, view.number("offset", 0) // 4 + 1, links)


@sight("pages whose last repeats")
def _(view: View) -> Answer:
    number = view.number("seite")
    return _paged(view, number, lambda n, last: f'<a href="{view.base}/careers?seite={number + 1}">Weiter »</a>')


def _pressed(view: View, controls: str, then: str = "") -> Answer:
    script = f"""
      const list = app(); let n = 1; const last = {(len(view.jobs) + 3) // 4}; const size = 4;
      const load = async () => {{ const d = await (await fetch(`${{BASE}}/api/chunk?start=${{(n - 1) * size}}`)).json(); list.replaceChildren(); show(d, list); {then} draw(); }};
      const bar = document.querySelector(".bar");
      const draw = () => {{ {controls} }};
      const go = (to) => {{ n = to; load(); }}; load();"""
    return _chunks(view) or view.show('<ul id="app"></ul><div class="bar"></div>', script)


@sight("pages by press of numbers")
def _(view: View) -> Answer:
    return _pressed(
        view,
        'bar.replaceChildren(); for (let i = 1; i <= last; i++) { const b = bar.appendChild(document.createElement("button")); b.textContent = i; if (i === n) b.setAttribute("aria-current", "page"); b.onclick = () => go(i); }',
    )


@sight("pages by press of next")
def _(view: View) -> Answer:
    return _pressed(
        view,
        'bar.innerHTML = `<button>Previous</button><span>Page ${n} of ${last}</span><button class="nx">Next</button>`; const b = bar.querySelector(".nx"); b.disabled = n >= last; b.onclick = () => go(n + 1);',
    )


@sight("pages by press that change the address")
def _(view: View) -> Answer:
    return _pressed(
        view,
        'bar.innerHTML = `<ul class="pagination"><li><a href="#" aria-label="Next">›</a></li></ul>`; const b = bar.querySelector("a"); if (n >= last) b.parentElement.className = "disabled"; b.onclick = (e) => { e.preventDefault(); if (n < last) go(n + 1); };',
        "history.pushState({}, '', '?page=' + n);",
    )


@sight("pages by links that scripts take over")
def _(view: View) -> Answer:
    return _pressed(
        view,
        'bar.innerHTML = ""; for (let i = 1; i <= last; i++) { const a = bar.appendChild(document.createElement("a")); a.textContent = i; a.href = "?pg=" + i; a.className = "page-link" + (i === n ? " active" : ""); a.onclick = (e) => { e.preventDefault(); go(i); }; }',
    )


# ---- other views of a list that says how many jobs it has


def _counted(view: View) -> str:
    return f"<h2>{len(view.jobs)} open positions</h2>"


def _tabbed(view: View, tabs: str) -> Answer:
    return _chunks(view) or view.show(
        f'{_counted(view)}<div class="bar">{tabs}</div><ul id="app"></ul>',
        "const list = app(); const load = async (n) => { const d = await (await fetch(`${BASE}/api/chunk?start=${n * 4}`)).json();"
        " list.replaceChildren(); show(d, list); };"
        ' document.querySelectorAll("[data-n]").forEach((t) => t.onclick = () => { document.querySelectorAll("[data-n]").forEach('
        '(o) => o.setAttribute("aria-selected", o === t)); load(Number(t.dataset.n)); }); load(0);',
    )


@sight("tabs that load")
def _(view: View) -> Answer:
    return _tabbed(
        view,
        '<div role="tablist"><button role="tab" aria-selected="true" data-n="0">Bakery</button>'
        '<button role="tab" data-n="1">Kitchen</button><button role="tab" data-n="2">Garden</button></div>',
    )


@sight("tabs without roles")
def _(view: View) -> Answer:
    return _tabbed(
        view,
        '<ul class="nav-tabs"><li><a href="#" data-n="0" class="active">Graz</a></li><li><a href="#" data-n="1">Linz</a></li>'
        '<li><a href="#" data-n="2">Wien</a></li></ul>',
    )


@sight("headings that load")
def _(view: View) -> Answer:
    return _chunks(view) or view.show(
        _counted(view)
        + "".join(
            f'<button aria-expanded="false" aria-controls="p{n}" data-n="{n}">Team {n}</button><ul id="p{n}"></ul>'
            for n in range(3)
        ),
        "document.querySelectorAll('[data-n]').forEach((b) => b.onclick = async () => { b.setAttribute('aria-expanded', 'true');"
        " const d = await (await fetch(`${BASE}/api/chunk?start=${b.dataset.n * 4}`)).json();"
        " show(d, document.getElementById('p' + b.dataset.n)); });"
        " document.querySelector('[data-n]').click();",
    )


@sight("pages by a choice")
def _(view: View) -> Answer:
    return _pressed(
        view,
        'if (!bar.firstChild) { bar.innerHTML = "<select>" + [...Array(last)].map((_, i) => `<option>${i + 1}</option>`).join("") + "</select>";'
        " bar.firstChild.onchange = (e) => go(e.target.selectedIndex + 1);"
        f' document.querySelector("h1").insertAdjacentHTML("afterend", "{_counted(view)}"); }}',
    )


@sight("pages by a choice that opens them")
def _(view: View) -> Answer:
    number = view.number("page")

    def choice(number: int, last: int) -> str:
        options = "".join(
            f'<option value="{n}"{" selected" if n == number else ""}>Page {n} of {last}</option>'
            for n in range(1, last + 1)
        )
        return f'{_counted(view)}<form><select name="page" onchange="this.form.submit()">{options}</select></form>'

    return _paged(view, number, choice)


@sight("a choice of how many")
def _(view: View) -> Answer:
    size = view.number("size", 4)
    options = "".join(
        f'<option value="{n}"{" selected" if n == size else ""}>{n} per page</option>' for n in (4, 10, 50)
    )
    return view.show(
        f"{_counted(view)}<ul>{view.rows(view.part(1, size))}</ul>"
        f'<form><select name="size" onchange="this.form.submit()">{options}</select></form>'
    )


# ---- frames and shadow trees


def _embedded(view: View, frame: str) -> Answer:
    if view.rest.startswith("embed"):
        return Reply(
            f"<!doctype html><title>Jobs</title><base target=_top><h2>Open positions</h2><ul>{view.rows()}</ul>".encode()
        )
    return view.show(f"<p>Our openings:</p>{frame}")


@sight("frame of the same origin")
def _(view: View) -> Answer:
    return _embedded(view, f'<iframe src="{view.base}/embed/jobs" width="800" height="600"></iframe>')


@sight("frame of another origin")
def _(view: View) -> Answer:
    return _embedded(view, f'<iframe src="{view.other}/embed/jobs" width="800" height="600"></iframe>')


@sight("frame in a frame")
def _(view: View) -> Answer:
    if view.rest == "embed/outer":
        return Reply(
            f'<!doctype html><iframe src="{view.other}/embed/jobs" width="700" height="500"></iframe>'.encode()
        )
    return _embedded(view, f'<iframe src="{view.base}/embed/outer" width="800" height="600"></iframe>')


@sight("lazy frame")
def _(view: View) -> Answer:
    return _embedded(
        view,
        f'<div style="height:6000px">Long story</div><iframe loading="lazy" src="{view.other}/embed/jobs" width="800" height="600"></iframe>',
    )


@sight("frame with pages")
def _(view: View) -> Answer:
    if view.rest.startswith("embed"):
        n = view.number("page")
        more = f'<a class="next" href="?page={n + 1}">Next</a>' if n * 4 < len(view.jobs) else ""
        return Reply(
            f"<!doctype html><title>Jobs</title><h2>Open positions</h2><ul>{view.rows(view.part(n, 4))}</ul>{more}".encode()
        )
    return view.show(f'<iframe src="{view.other}/embed/jobs" width="800" height="600"></iframe>')


@sight("closed shadow tree")
def _(view: View) -> Answer:
    script = """
      const host = app(); const root = host.attachShadow({ mode: "closed" });
      if (host.shadowRoot !== null || root.mode !== "closed") throw new Error("it is not closed");
      root.innerHTML = "<ul></ul><button>Load more</button>";
      const list = root.querySelector("ul"), b = root.querySelector("button"); let start = 0;
      const load = async () => { const d = await (await fetch(`${BASE}/api/chunk?start=${start}`)).json(); start += d.length; show(d, list); if (d.length < 4) b.remove(); };
      b.onclick = load; load();"""
    return _chunks(view) or view.show('<div id="app"></div>', script)


@sight("shadow in shadow")
def _(view: View) -> Answer:
    script = f"""
      const one = app().attachShadow({{ mode: "open" }}); const inner = one.appendChild(document.createElement("job-list"));
      const two = inner.attachShadow({{ mode: "open" }}); const list = two.appendChild(document.createElement("ul")); show({json.dumps(view.data())}, list);"""
    return view.show('<div id="app"></div>', script)


@sight("shadow with more")
def _(view: View) -> Answer:
    script = """
      const root = app().attachShadow({ mode: "open" }); root.innerHTML = "<ul></ul><button>Load more</button>";
      const list = root.querySelector("ul"), b = root.querySelector("button"); let start = 0;
      const load = async () => { const d = await (await fetch(`${BASE}/api/chunk?start=${start}`)).json(); start += d.length; show(d, list); if (d.length < 4) b.remove(); };
      b.onclick = load; load();"""
    return _chunks(view) or view.show('<div id="app"></div>', script)


# ---- rows without links


def _rows(view: View, row: Callable[[JobAd], str], script: str = "", around: str = "ul") -> Answer:
    if view.rest.startswith("api"):
        return view.json({})
    return view.show(f'<{around} class="jobs">{"".join(row(ad) for ad in view.jobs)}</{around}>', script)


@sight("rows with onclick")
def _(view: View) -> Answer:
    return _rows(
        view,
        lambda ad: (
            f"<li class=row onclick=\"location.href='{view.href(ad)}'\"><h3>{escape(ad.title)}</h3><span>{ad.town}</span></li>"
        ),
    )


@sight("rows with data-href")
def _(view: View) -> Answer:
    script = 'document.querySelectorAll("tr[data-href]").forEach((r) => r.addEventListener("click", () => { location.href = r.dataset.href; }));'
    return _rows(
        view,
        lambda ad: (
            f'<tr data-href="{view.href(ad)}"><td>{escape(ad.title)}</td><td>{ad.team}</td><td>{ad.town}</td></tr>'
        ),
        script,
        "table",
    )


@sight("rows with role link")
def _(view: View) -> Answer:
    script = 'document.querySelectorAll("[role=link]").forEach((r) => r.addEventListener("click", () => { location.assign(BASE + "/jobs/" + r.dataset.slug); }));'
    return _rows(
        view,
        lambda ad: (
            f'<div role="link" tabindex="0" data-slug="{ad.slug}"><h3>{escape(ad.title)}</h3><span>{ad.town}</span></div>'
        ),
        script,
        "div",
    )


@sight("rows that open windows")
def _(view: View) -> Answer:
    script = f'const slugs = {json.dumps([ad.slug for ad in view.jobs])}; document.querySelectorAll(".card").forEach((c, i) => c.addEventListener("click", () => window.open(BASE + "/jobs/" + slugs[i], "_blank")));'
    return _rows(
        view,
        lambda ad: f'<div class="card" style="cursor:pointer"><h3>{escape(ad.title)}</h3><p>{ad.town}</p></div>',
        script,
        "div",
    )


@sight("rows of a router")
def _(view: View) -> Answer:
    script = f"""
      const jobs = {json.dumps([[ad.slug, ad.title] for ad in view.jobs])};
      const box = document.querySelector(".jobs");
      const list = () => {{ box.innerHTML = jobs.map(([s, t], i) => `<li class="card" style="cursor:pointer" data-i="${{i}}"><h3>${{t}}</h3><p>Full-time</p></li>`).join("");
        box.querySelectorAll("li").forEach((c) => c.addEventListener("click", () => {{ history.pushState({{}}, "", BASE + "/jobs/" + jobs[c.dataset.i][0]); box.innerHTML = "<p>The post itself</p>"; }})); }};
      addEventListener("popstate", list); list();"""
    return view.show('<ul class="jobs"></ul>', script)


@sight("buttons in cards")
def _(view: View) -> Answer:
    script = f'const slugs = {json.dumps([ad.slug for ad in view.jobs])}; document.querySelectorAll(".card button").forEach((b, i) => b.addEventListener("click", () => {{ location.href = BASE + "/jobs/" + slugs[i]; }}));'
    return _rows(
        view,
        lambda ad: f'<div class="card"><h3>{escape(ad.title)}</h3><p>{ad.town}</p><button>View job</button></div>',
        script,
        "div",
    )


@sight("rows with a form")
def _(view: View) -> Answer:
    return _rows(
        view,
        lambda ad: (
            f'<li><h3>{escape(ad.title)}</h3><form method="post" action="{view.href(ad)}"><input type="hidden" name="csrf" value="x1"><button>Details</button></form></li>'
        ),
    )


@sight("links to javascript")
def _(view: View) -> Answer:
    return _rows(
        view,
        lambda ad: f"<li><a href=\"javascript:openJob('{ad.slug}')\">{escape(ad.title)}</a></li>",
        "window.openJob = (s) => { location.href = BASE + '/jobs/' + s; };",
    )


@sight("rows without any mark")
def _(view: View) -> Answer:
    script = f'const slugs = {json.dumps([ad.slug for ad in view.jobs])}; document.querySelectorAll(".job-row").forEach((c, i) => c.addEventListener("click", () => {{ location.href = BASE + "/jobs/" + slugs[i]; }}));'
    return _rows(
        view,
        lambda ad: f'<div class="job-row"><span>{escape(ad.title)}</span><span>{ad.town}</span></div>',
        script,
        "div",
    )


# ---- routes, bases


@sight("hash routes")
def _(view: View) -> Answer:
    items = "".join(f'<li><a href="#/job/{ad.id}">{escape(ad.title)}</a></li>' for ad in view.jobs)
    return view.show(f"<ul>{items}</ul>")


@sight("base")
def _(view: View) -> Answer:
    items = "".join(f'<li><h3><a href="jobs/{ad.slug}">{escape(ad.title)}</a></h3></li>' for ad in view.jobs)
    return view.show(f"<ul>{items}</ul>", head=f'<base href="{view.base}/">')


# ---- data


@sight("next data")
def _(view: View) -> Answer:
    state = {"props": {"pageProps": {"jobs": view.data(), "total": len(view.jobs)}}, "page": "/careers"}
    return view.show(
        f'<ul>{view.rows(view.jobs[:3])}</ul><script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    )


@sight("initial state with urls")
def _(view: View) -> Answer:
    rows = [{"title": ad.title, "url": view.href(ad), "department": ad.team} for ad in view.jobs]
    return view.show(
        f"<p>Our jobs</p><script>window.__INITIAL_STATE__ = {json.dumps({'openings': {'items': rows}})};</script>"
    )


@sight("item list")
def _(view: View) -> Answer:
    items = [
        {"@type": "ListItem", "position": i, "url": view.href(ad), "name": ad.title}
        for i, ad in enumerate(view.jobs, 1)
    ]
    data = {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": items}
    return view.show(f'<p>Our jobs</p><script type="application/ld+json">{json.dumps(data)}</script>')


@sight("postings in data")
def _(view: View) -> Answer:
    items = [
        {
            "@context": "https://schema.org",
            "@type": "JobPosting",
            "title": ad.title,
            "url": view.href(ad),
            "datePosted": "2026-01-01",
        }
        for ad in view.jobs
    ]
    return view.show(f'<p>Our jobs</p><script type="application/ld+json">{json.dumps(items)}</script>')


@sight("answers that hold more")
def _(view: View) -> Answer:
    if view.rest == "api/list":
        return view.json({"data": {"positions": view.data()}})
    return view.show(
        '<ul id="app"></ul>',
        "fetch(BASE + '/api/list').then((r) => r.json()).then((d) => show(d.data.positions.slice(0, 3), app()));",
    )


@sight("slugs only in data")
def _(view: View) -> Answer:
    rows = [{"jobTitle": ad.title, "slug": ad.slug, "office": ad.town} for ad in view.jobs]
    return view.show(f"<p>Our jobs</p><script>var store = {{}}; store.jobs = {json.dumps(rows)};</script>")


# --- What stands beside a list, or in a place where menus stand


@sight("list in a menu of the text")
def _(view: View) -> Answer:
    links = "".join(f'<li><a href="{escape(view.href(ad))}">{escape(ad.title)}</a></li>' for ad in view.jobs)
    return view.show(f'<section><h2>Open positions</h2><nav class="jobs"><ul>{links}</ul></nav></section>')


@sight("buttons in cards that no word tells")
def _(view: View) -> Answer:
    cards = "".join(
        f'<div class="card"><h3>{escape(ad.title)}</h3><p>{escape(ad.town)}</p>'
        f'<a href="{escape(view.href(ad))}">Xem thêm</a></div>'
        for ad in view.jobs
    )
    return view.show(f"<section><h2>Open positions</h2>{cards}</section>")


@sight("rows with link and data-url")
def _(view: View) -> Answer:
    rows = "".join(
        f'<div class="row" data-url="{escape(view.href(ad))}?src=list">'
        f'<h3><a href="{escape(view.href(ad))}">{escape(ad.title)}</a></h3><p>{escape(ad.town)}</p></div>'
        for ad in view.jobs
    )
    return view.show(f"<h2>Open positions</h2>{rows}")


@sight("guidance beside the list")
def _(view: View) -> Answer:
    aside = "".join(
        f'<a href="{view.base}/careers/{name.lower().replace(" ", "-")}">{name}</a> '
        for name in ("Handbook for managers", "Funding for PhD students", "Promotion to professor")
    )
    return view.show(f"<p>{aside}</p><h2>Open positions</h2><ul>{view.rows()}</ul>")


@sight("accounts of a board beside the list")
def _(view: View) -> Answer:
    aside = (
        '<a href="https://web12.reachmee.com/ext/I001/77/subscribe?site=9&amp;validator=11aa">Subscribe</a> '
        '<a href="https://brightloom.applytojob.com/apply/login">Log in</a>'
    )
    return view.show(f"<h2>Open positions</h2><ul>{view.rows()}</ul><p>{aside}</p>")


@sight("cards that are one link each")
def _(view: View) -> Answer:
    cards = "".join(
        f'<a class="card" href="{escape(view.href(ad))}"><h3>{escape(ad.title)}</h3><p>{escape(ad.team)}</p>'
        f"<p>{escape(ad.town)}</p><span>Read more</span></a>"
        for ad in view.jobs
    )
    return view.show(f"<h2>Open positions</h2><div>{cards}</div>")


@sight("elements of its own making")
def _(view: View) -> Answer:
    script = (
        'customElements.define("job-card", class extends HTMLElement { connectedCallback() {'
        ' this.addEventListener("click", () => { location.href = `${BASE}/jobs/${this.dataset.slug}`; }); } });'
    )
    return _rows(
        view,
        lambda ad: (
            f'<job-card data-slug="{ad.slug}" style="display:block;cursor:pointer"><b>{escape(ad.title)}</b></job-card>'
        ),
        script,
        "div",
    )


@sight("filters and advice beside the list")
def _(view: View) -> Answer:
    towns = "".join(
        f'<li><a href="{view.base}/jobs/in/{town}">Jobs in {town.title()}</a></li>' for town in ("hull", "york")
    )
    trades = "".join(
        f'<li><a href="{view.base}/jobs/{trade}-jobs">{trade.title()} jobs</a></li>'
        for trade in ("driver", "nurse")
    )
    advice = "".join(
        f'<li><a href="{view.base}/career-advice/{path}">{text}</a></li>'
        for path, text in (
            ("data-analyst-salary-2211", "Data Analyst salary"),
            ("cv-of-a-nurse-2212", "CV of a nurse"),
        )
    )
    return view.show(
        f"<ul>{towns}{trades}</ul><h2>Open positions</h2><ul>{view.rows()}</ul><h2>Advice</h2><ul>{advice}</ul>"
    )


@sight("things for sale beside the list")
def _(view: View) -> Answer:
    rooms = "".join(
        f'<li><a href="{view.base}/rooms/{name.lower().replace(" ", "-")}-44{n}">{name}</a> {price} per night</li>'
        for n, (name, price) in enumerate(
            (("Captain Suite", "£120"), ("Officer Twin", "£90"), ("Pilot Loft", "£75")), 10
        )
    )
    return view.show(f"<h2>Open positions</h2><ul>{view.rows()}</ul><h2>Our rooms</h2><ul>{rooms}</ul>")


@sight("parts of the careers site beside the list")
def _(view: View) -> Answer:
    parts = "".join(
        f'<div class="part"><h3><a href="{view.base}/careers/{name.lower().replace(" ", "-")}">{name}</a></h3></div>'
        for name in ("Engineers", "Nursing and care", "Students", "How we hire", "Our offices", "Benefits")
    )
    return view.show(f"<section>{parts}</section><h2>Open positions</h2><ul>{view.rows()}</ul>")


@sight("reference codes for texts")
def _(view: View) -> Answer:
    return _rows(
        view,
        lambda ad: (
            f'<tr><td><a href="{view.href(ad)}">GK-WM-{ad.id}-2026</a></td><td>{escape(ad.title)}</td><td>{ad.town}</td></tr>'
        ),
        around="table",
    )


@sight("brochures beside the list")
def _(view: View) -> Answer:
    papers = "".join(
        f'<li><a href="{view.base}/files/{name}.pdf">{text} (PDF)</a></li>'
        for name, text in (("annual-report", "Annual report"), ("diversity", "Diversity at work"))
    )
    return view.show(f"<h2>Open positions</h2><ul>{view.rows()}</ul><h2>About us</h2><ul>{papers}</ul>")


@sight("a list in a language that nobody knows")
def _(view: View) -> Answer:
    items = "".join(
        f'<li><h3><a href="{escape(view.href(ad))}">{escape(ad.title)}</a></h3><a href="{escape(view.href(ad))}">Vakio</a></li>'
        for ad in view.jobs
    )
    return view.show(f"<h2>Asa misokatra</h2><ul>{items}</ul>")
