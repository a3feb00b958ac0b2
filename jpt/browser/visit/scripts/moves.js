/*
 * What says that a list has more than it shows, and how to get at it: controls that load more, pages,
 * scrolling. Controls are kept by number in `jptControls`, for a later call to press them.
 */
const MORE_WORDS = new RegExp("^(?:\\W{0,3}(?:" + [
  "(?:load|show|view|see|display|get|fetch|discover|browse|reveal|expand)(?: me)?(?: the)?(?: next)?(?: \\d+)? (?:more|all|additional|remaining|next|rest|the rest|other|further|\\d+ more)(?!.{0,20}\\b(?:about|filter|categor|location|option|detail|info|less|benefit|team|department|news|stor(?:y|ies)|article|post(?:s)?\\b(?!ings)))",
  "(?:\\d+ )?more (?:\\w+ )?(?:jobs|roles|results|positions|openings|vacancies|opportunities|postings|listings|offers)", "next \\d+ (?:jobs|roles|results|positions)", "more(?:…|\\.\\.\\.)?$",
  "(?:noch )?(?:mehr|weitere|alle|n[äa]chste)n? ?(?:\\d+ )?(?:[\\wäöü]+ ){0,2}(?:laden|anzeigen|zeigen|ansehen|einblenden|anschauen)", "(?:mehr|weitere) (?:\\d+ )?(?:stellen|jobs|ergebnisse|treffer|angebote|positionen|vakanzen)", "(?:lade|zeige) (?:mehr|weitere|alle)", "nachladen",
  "(?:afficher|voir|charger|montrer|d[ée]couvrir|consulter)(?: \\d+)? (?:plus|tou(?:s|tes)|davantage|la suite|les? .{0,20}suivant)", "(?:\\d+ )?(?:plus d['’]|autres )(?:offres|emplois|annonces|r[ée]sultats|postes)",
  "(?:cargar|ver|mostrar|muestra)(?: \\d+)? (?:m[áa]s|tod[oa]s?)", "m[áa]s (?:ofertas|empleos|resultados|vacantes|puestos)",
  "(?:carica|mostra|vedi|visualizza)(?: \\d+| le| i| gli)? ?(?:altr[ioae]|di pi[ùu]|ancora|tutt[ie]|pi[ùu])", "altr[ie] (?:offerte|posizioni|annunci|risultati|lavori)",
  "(?:carregar|ver|mostrar|exibir)(?: \\d+)? (?:mais|tod[oa]s)", "mais (?:vagas|ofertas|resultados|empregos|oportunidades)",
  "(?:laad|toon|bekijk)(?: \\d+)? (?:meer|alle|de volgende)", "meer (?:\\w+ )?(?:laden|tonen|weergeven|vacatures|resultaten|banen)", "alle vacatures (?:laden|tonen|weergeven)",
  "(?:poka[żz]|za[łl]aduj|wy[śs]wietl|zobacz|wczytaj) (?:wi[ęe]cej|wszystkie|kolejne|pozosta[łl]e)", "wi[ęe]cej (?:ofert|wynik[óo]w|stanowisk)",
  "(?:visa|ladda|se|h[äa]mta)(?: in)? (?:\\d+ )?(?:fler|mer|alla)", "fler (?:jobb|tj[äa]nster|resultat|annonser)", "(?:vis|hent|indl[æa]s|se|last(?: inn)?) (?:\\d+ )?(?:flere|mere|mer|alle)", "flere (?:jobs?|jobber|stillinger|resultater)",
  "(?:n[äa]yt[äa]|lataa|katso) (?:lis[äa][äa]|kaikki)", "(?:zobrazit|na[čc][íi]st|uk[áa]zat) (?:dal[šs][íi]|v[íi]ce|v[šs]e)", "(?:zobrazi[ťt]|na[čc][íi]ta[ťt]) ([ďd]al[šs]ie|viac|v[šs]etky)",
  "(?:t[öo]bb|tov[áa]bbi) .{0,20}(?:bet[öo]lt|mutat|megjelen|[áa]ll[áa]s)", "(?:[îi]ncarc[ăa]|vezi|afi[șs]eaz[ăa]|arat[ăa]) (?:mai mult|toate)", "daha fazla", "t[üu]m[üu]n[üu] g[öo]ster",
  "(?:показать|загрузить|смотреть|посмотреть) (?:ещ[её]|больше|вс[её])", "ещ[её] (?:вакансии|\\d+)", "(?:показати|завантажити) (?:ще|більше|всі)", "(?:φόρτωση|δείτε|εμφάνιση|προβολή) (?:περισσ|όλ)",
  "もっと", "さらに(?:表示|読み込|見る)", "続きを(?:表示|読み込|見る)", "(?:加载|查看|显示|載入|顯示)更多", "更多(?:职位|職位|结果|結果|岗位)", "더 ?(?:보기|불러오기)",
].join("|") + "))", "i");
const NOT_MORE = /\b(?:read|learn|find out|filter|weniger|less|moins|menos|meno|minder|description|beschreibung|filtres?|filtros?|filtri|optionen|options?|facets?)\b/i;

const NEXT_WORDS = new RegExp("^\\W{0,3}(?:" + [
  "(?:go to |view |show |load )?(?:the )?next(?: \\d+)?(?: page| results| jobs| set)?", "older(?: posts| jobs| entries)?", "(?:zur )?n[äa]chsten?(?: seite)?", "weiter", "vor(?:w[äa]rts)?", "folgende(?: seite)?", "(?:page )?suivante?", "siguiente(?: p[áa]gina)?", "(?:p[áa]gina )?siguiente",
  "(?:p[áa]gina )?pr[óo]xim[ao](?: p[áa]gina)?", "seguinte", "(?:pagina )?successiv[ao]", "avanti", "prossim[ao](?: pagina)?", "volgende(?: pagina)?", "nast[ęe]pna(?: strona)?", "nast[ęe]pne", "dalej", "n[äa]sta(?: sida)?", "neste(?: side)?", "n[æa]ste(?: side)?", "seuraava(?: sivu)?",
  "dal[šs][íi](?: str[áa]nka)?", "[ďd]al[šs]ia", "k[öo]vetkez[őo](?: oldal)?", "(?:pagina )?urm[ăa]toarea", "[îi]nainte", "sonraki(?: sayfa)?", "ileri", "следующ\\S*(?: страница)?", "вперед", "далее", "наступна", "επόμεν\\S*", "次(?:へ|の\\S*)?", "下一[页頁]", "다음(?: 페이지)?",
].join("|") + ")\\W{0,3}$", "i");
const NEXT_SIGN = /^[\s]*(?:›|»|>|>>|→|⟩|❯|▶|►|⇒|➔|➜|chevron_right|navigate_next|arrow_forward|keyboard_arrow_right|arrow_right)[\s]*$/;
const NEXT_NAME = /(?:^|[\s_-])(?:next|weiter|suivant|siguiente|nextpage|next-page|pagination-next|page-next)(?:$|[\s_-])/i;
const PAGER_NAME = /paginat|pager|paging|page-?num|page-?nav|page-?link|seiten|pagnav|nav-links|page-list/i;
const SLIDER_NAME = /carousel|slider|swiper|slick|splide|glide|gallery|calendar|datepicker|testimonial|lightbox|comment/i;
const PAGE_NUMBER = /^(?:(?:go to |zu |aller à la |ir a la |vai alla |ga naar )?(?:page|seite|p[áa]gina|pagina|strona|sida|side|sivu|oldal|sayfa|страница)\s*)?(\d{1,4})(?:\s*(?:of|von|de|\/)\s*\d+)?$/i;

function keptControls() {
  return (globalThis.jptControls = globalThis.jptControls || []);
}

function namesAround(element, steps) {
  let names = "";
  for (let at = element, step = 0; at && step < steps; at = around(at), step += 1) {
    names += ` ${at.id} ${attributeOf(at, "class")} ${attributeOf(at, "aria-label")} ${attributeOf(at, "data-testid")}`;
  }
  return names.slice(0, 3000);
}

const inFurniture = (element) => {
  for (let at = element, step = 0; at && step < 30; at = around(at), step += 1) {
    const role = attributeOf(at, "role");
    if (at.tagName === "FOOTER" && !/article|section|main|li/i.test((around(at) || at).tagName)) return true;
    if (at.tagName === "HEADER" && (around(at) || at).tagName === "BODY") return true;
    if (role === "banner" || role === "contentinfo" || role === "menu" || role === "menubar") return true;
  }
  return false;
};

/* An address that opens a page of its own; null for controls in the form of links. */
function targetOf(element) {
  if (element.tagName !== "A" || !element.hasAttribute("href")) return null;
  const written = attributeOf(element, "href").trim();
  if (!written || written.startsWith("#") || /^javascript:/i.test(written)) return null;
  try {
    const target = new URL(written, element.baseURI);
    const here = new URL(element.ownerDocument.URL);
    if (!/^https?:$/.test(target.protocol)) return null;
    if (target.href.split("#")[0] === here.href.split("#")[0]) return null;
    return target;
  } catch {
    return null;
  }
}

/* Another state of this list rather than another place: the same path, or one that only adds a page. */
function isSameList(target, element) {
  const here = new URL(element.ownerDocument.URL);
  if (target.origin !== here.origin) return false;
  const trimmed = (path) => path.replace(/\/(?:page|seite|p|pagina|pg)?[\/_-]?\d{1,4}\/?$/i, "").replace(/\/(?:index\.\w+)?$/, "");
  return trimmed(target.pathname) === trimmed(here.pathname);
}

/* Everything that brings more: {more: [...], next: {...}|null, pages: [...]}; each has `id`, and `url` where it leads to one. */
function moves() {
  const kept = keptControls();
  const keep = (element, extra) => {
    let id = kept.indexOf(element);
    if (id < 0) id = kept.push(element) - 1;
    const target = targetOf(element);
    return { id, words: wordsOf(element).slice(0, 80), url: target ? target.href : "", ...extra };
  };
  const roots = rootsHere();
  const controls = everywhere('button,a,[role="button"],[role="link"],input[type="button"],input[type="submit"],[onclick],' +
    '[class*="pag" i] li,[class*="pag" i] span,[class*="load-more" i],[class*="loadmore" i],[class*="show-more" i],[class*="next" i]', roots);
  const more = [];
  const counted = new Map();
  const numbers = [];
  let next = null;
  for (const element of new Set(controls)) {
    if ((element.textContent || "").length > 200) continue;
    const words = wordsOf(element);
    const named = `${element.id} ${attributeOf(element, "class")} ${attributeOf(element, "data-testid")}`;
    const spoken = squashed(`${attributeOf(element, "aria-label") || attributeOf(element, "title")}`);
    const number = words.length <= 30 && (PAGE_NUMBER.exec(words) || PAGE_NUMBER.exec(spoken));
    const isMore = words.length <= 70 && MORE_WORDS.test(words) && !NOT_MORE.test(words);
    const relNext = /(?:^|\s)next(?:\s|$)/i.test(attributeOf(element, "rel"));
    const pager = () => PAGER_NAME.test(namesAround(element, 6));
    const isNext = relNext || (words.length <= 40 && (NEXT_WORDS.test(words) || NEXT_WORDS.test(spoken))) ||
      ((NEXT_SIGN.test(words) || (!words && NEXT_NAME.test(named))) && pager()) || (NEXT_NAME.test(named) && words.length < 30 && pager());
    if (!number && !isMore && !isNext) continue;
    // The control itself, not a span in it.
    if (/^(?:LI|SPAN|DIV|SVG)$/i.test(element.tagName) && (allIn(element, "a,button,[onclick],[role=button]").length ||
      (element.parentElement && element.parentElement.closest("a,button,[role=button]")))) continue;
    if (/^(?:LI|SPAN)$/.test(element.tagName) && !element.onclick && !element.hasAttribute("onclick") &&
      getComputedStyle(element).cursor !== "pointer" && !number) continue;
    if (!isShown(element)) continue;
    if (inFurniture(element) || SLIDER_NAME.test(namesAround(element, 5))) continue;
    if (number) {
      const current = /page|true|step/.test(attributeOf(element, "aria-current") || attributeOf(element.parentElement || element, "aria-current")) ||
        /(?:^|[\s_-])(?:active|current|selected|is-active)(?:$|[\s_-])/i.test(`${attributeOf(element, "class")} ${attributeOf(element.parentElement || element, "class")}`);
      numbers.push({ element, number: Number(number[1]), current, pager: pager() });
    } else if (isNext) {
      if (!isDisabled(element) && (!next || relNext || pager())) next = element;
    } else if (!isDisabled(element)) {
      const target = targetOf(element);
      if (target && !isSameList(target, element) && !/load-?more|show-?more/i.test(named)) continue;
      counted.set(words, (counted.get(words) || 0) + 1);
      more.push(element);
    }
  }
  // Numbers are pages where they count up; alone in a text they are figures.
  const inPager = numbers.filter((each) => each.pager);
  const counting = new Set(numbers.map((each) => each.number));
  const pages = inPager.length ? inPager : counting.has(2) && (counting.has(1) || counting.has(3) || next) && counting.size <= 30 ? numbers : [];
  const link = everywhere('link[rel~="next" i][href]', roots)[0];
  const pressable = (each) => /^(?:A|BUTTON|INPUT)$/.test(each.element.tagName) || each.element.onclick || each.element.hasAttribute("onclick") ||
    attributeOf(each.element, "role") === "button" || getComputedStyle(each.element).cursor === "pointer";
  return {
    // The same words in row after row unfold the rows.
    more: more.filter((element) => counted.get(wordsOf(element)) <= 2).slice(0, 3).map((element) => keep(element)),
    next: next ? keep(next) : link && link.href.split("#")[0] !== location.href.split("#")[0] ? { id: -1, words: "next", url: link.href } : null,
    pages: pages.filter(pressable).filter((each) => !isDisabled(each.element)).slice(0, 60).map((each) => keep(each.element, { number: each.number, current: each.current })),
    current: (numbers.find((each) => each.current) || { number: 0 }).number,
  };
}

function pressControl(id) {
  const element = keptControls()[id];
  if (!element || !element.isConnected || !isShown(element) || isDisabled(element)) return false;
  press(element);
  return true;
}

/* What became of a control that was pressed: "gone", "resting" (disabled or hidden for now), "ready". */
function controlState(id) {
  const element = keptControls()[id];
  if (!element || !element.isConnected) return "gone";
  return isShown(element) && !isDisabled(element) ? "ready" : "resting";
}

// ---- scrolling

function scrollersHere(roots) {
  const found = [];
  for (const root of roots || rootsHere()) {
    if (root.nodeType === 9) {
      const page = root.scrollingElement || root.documentElement;
      if (page && page.scrollHeight > page.clientHeight + 100) found.push(page);
    }
    for (const element of allIn(root, "div,ul,ol,main,section,tbody,aside,article,table,nav,form,[style*=overflow]")) {
      if (element.clientHeight < 80 || element.scrollHeight <= element.clientHeight + 30) continue;
      const flow = getComputedStyle(element).overflowY;
      if ((flow === "auto" || flow === "scroll" || flow === "overlay") && element !== root.scrollingElement) found.push(element);
    }
  }
  return found.slice(0, 8);
}

const linksOf = (roots) => new Set(everywhere("a[href],[role=link],[onclick],[data-href],[data-url],[data-id]", roots).map((element) =>
  attributeOf(element, "href") || attributeOf(element, "data-href") || attributeOf(element, "data-id") || squashed((element.textContent || "").slice(0, 80))));

/* Goes to the end of everything that scrolls; gives what is needed to tell what that did. */
function scrollToEnds(roots) {
  const scrollers = scrollersHere(roots);
  if (!scrollers.length) return null;
  const before = { links: linksOf(roots), heights: scrollers.map((each) => each.scrollHeight), scrollers };
  for (const frame of everywhere('iframe[loading="lazy"],iframe[data-src],iframe[data-lazy-src]', roots)) frame.scrollIntoView({ behavior: "instant" });
  for (const each of scrollers) {
    each.scrollTo({ top: each.scrollHeight, behavior: "instant" });
    each.dispatchEvent(new Event("scroll", { bubbles: each === document.scrollingElement }));
  }
  return before;
}

/* Whether scrolling brought rows or took some away. */
function scrolled(before, roots) {
  if (!before) return { grew: false, lost: false };
  const now = linksOf(roots);
  let added = 0;
  let lost = 0;
  for (const each of now) if (!before.links.has(each)) added += 1;
  for (const each of before.links) if (!now.has(each)) lost += 1;
  return { grew: added > 0 || before.scrollers.some((each, at) => each.isConnected && each.scrollHeight > before.heights[at] + 20), lost: lost > 0 };
}

const scrollToBottoms = () => scrollToEnds(rootsHere()) !== null;

const scrollToTop = () => {
  for (const each of scrollersHere()) each.scrollTo({ top: 0, behavior: "instant" });
};

/* One step down everything that scrolls; false at the end of all. */
function scrollStep() {
  let moved = false;
  for (const each of scrollersHere()) {
    const before = each.scrollTop;
    each.scrollBy({ top: Math.max(80, each.clientHeight * 0.8), behavior: "instant" });
    if (each.scrollTop > before + 1) moved = true;
  }
  return moved;
}

/* An empty element after the rows that the page watches, or one named so, waits for a reader to scroll. */
function waitsForScroll(roots) {
  if (everywhere('[class*="sentinel" i],[id*="sentinel" i],[class*="infinite" i],[id*="infinite" i],[data-infinite],[class*="virtual" i],' +
    '[class*="scroll-trigger" i],[class*="scroll-anchor" i],[data-virtualized],[aria-setsize],[role="feed"],[class*="lazyload-list" i]', roots).length) return true;
  const asked = { detail: "" };
  const listen = (event) => { asked.detail = String(event.detail); };
  document.addEventListener("jpt-watched", listen);
  document.dispatchEvent(new CustomEvent("jpt-watched?"));
  document.removeEventListener("jpt-watched", listen);
  return Number(asked.detail) > 0;
}

// ---- everything at once

function signsOfMore(roots, scrolling) {
  const found = moves();
  const data = everywhere("script:not([src])", roots).some((script) => {
    const words = script.textContent || "";
    return words.length > 60 && !/template|text\/html/.test(script.type) && /(?:title|name|position|job|slug|url)["']?\s*:/i.test(words);
  });
  const frames = everywhere("iframe,frame", roots).filter((frame) => {
    const box = frame.getBoundingClientRect();
    return !frame.contentDocument && isShown(frame) && box.width >= 200 && box.height >= 80;
  }).length;
  return { ...found, ...scrolling, waits: scrolling.scrolls && waitsForScroll(roots), data, frames, rows: countRows(roots) };
}

/* Rows that look pressable and hold no link. Only counted here; rows.js finds out where they lead. */
function countRows(roots) {
  let count = 0;
  for (const element of everywhere(ROW_SELECTOR, roots)) {
    if (count > 50) break;
    if (!isRowLink(element) || inFurniture(element)) continue;
    count += 1;
  }
  if (count) return count;
  count = everywhere("button,[role=button]", roots).filter((element) => ROW_BUTTON.test(wordsOf(element)) && !inFurniture(element)).length;
  if (count) return count;
  // Cards that only their cursor marks, where nothing in them is a link.
  for (const element of [...everywhere("li,tr,article,div[class],section[class]", roots).slice(0, 1500), ...ownElements(roots)]) {
    if (count > 50) break;
    if (getComputedStyle(element).cursor !== "pointer" || !isRowLink(element) || allIn(element, "a[href],button,input").length || inFurniture(element)) continue;
    count += 1;
  }
  return count;
}

/* Elements of the page's own making: job-card. */
const ownElements = (roots) => everywhere("*", roots).filter((element) => element.tagName.includes("-")).slice(0, 300);

const ROW_BUTTON = /^(?:view|see|open|show|details?|more info|learn more|read more|go to|(?:zur |zum )?stelle|ansehen|mehr erfahren|zum job|voir|d[ée]tails?|en savoir plus|ver|dettagli|scopri|bekijk|lees meer|zobacz|se jobb)\b/i;
const ROW_SELECTOR = '[onclick],[role="link"],[data-href],[data-url],[data-link],[data-uri],[data-path],[data-target-url],[data-job-url],[data-job-id],[data-jobid],[data-id],' +
  '[data-slug],[data-job],[data-key],a:not([href]),a[href="#"],a[href=""],a[href^="javascript:" i],a[href="#!"],tr[tabindex],li[tabindex],div[tabindex],article[tabindex],' +
  'form[action] button,form[action] input[type=submit],li button,tr button,article button,[class*="job" i] button,[class*="position" i] button,[class*="card" i] button';
function isRowLink(element) {
  if (/^(?:HTML|BODY|MAIN|INPUT|SELECT|OPTION|TEXTAREA|LABEL|IMG|SCRIPT|SVG|NAV|HEADER|FOOTER)$/i.test(element.tagName) && element.type !== "submit") return false;
  if (element.closest("a[href]") && !/^(?:#|javascript:|$)/i.test(attributeOf(element.closest("a[href]"), "href"))) return false;
  const words = wordsOf(element);
  return words.length >= 3 && words.length < 1500;
}
