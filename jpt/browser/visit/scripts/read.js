/*
 * Reads the page as it stands and gives a plain object: what jpt.models.pages.PageRead takes from a page.
 * Changes nothing. Runs in an isolated world; the page's markup is still hostile: elements named
 * "body" or "children" hide the properties of that name, so those that matter are read through the
 * prototypes' own getters.
 */
function readPage({ links: MOST_LINKS, text: MOST_TEXT }) {
  const MOST_STRANGE = 500;
  const MOST_FOLDED = 300;
  const CUT = 300;
  const DEPTH = 14;
  const LANDMARKS = { HEADER: "header", NAV: "nav", MAIN: "main", ASIDE: "aside", FOOTER: "footer" };
  const ROLES = { banner: "header", navigation: "nav", main: "main", complementary: "aside", contentinfo: "footer",
    menu: "nav", menubar: "nav" };
  // A header or footer in one of these belongs to that part, not to the page (HTML-AAM 1.0).
  const PARTS = { ARTICLE: true, MAIN: true, SECTION: true, LI: true, ASIDE: true };
  const HEADINGS = { H1: true, H2: true, H3: true, H4: true, H5: true, H6: true, LEGEND: true, CAPTION: true, SUMMARY: true };
  const CELLS = { TD: true, TH: true };

  const getter = (prototype, name) => {
    const found = Object.getOwnPropertyDescriptor(prototype, name).get;
    return (node) => found.call(node);
  };
  const parentOf = getter(Node.prototype, "parentElement");
  const firstChildOf = getter(Element.prototype, "firstElementChild");
  const firstIn = getter(DocumentFragment.prototype, "firstElementChild");
  const nextOf = getter(Element.prototype, "nextElementSibling");
  const shadowOf = getter(Element.prototype, "shadowRoot");
  const tagOf = getter(Element.prototype, "tagName");
  const bodyOf = getter(Document.prototype, "body");
  const titleOf = getter(Document.prototype, "title");
  const textContentOf = getter(Node.prototype, "textContent");
  const childrenOf = getter(Node.prototype, "childNodes");
  const innerTextOf = getter(HTMLElement.prototype, "innerText");
  const one = (root, selector) => allIn(root, selector)[0] || null;
  const cut = (text, most = CUT) => squashed(text.slice(0, most * 6)).slice(0, most);

  const hosts = new Map(); // root of a shadow tree or of a frame's document -> the element it hangs on
  const parent = (element) => parentOf(element) || hosts.get(element.getRootNode()) || null;

  const rendered = (element) => {
    const view = element.ownerDocument.defaultView;
    return view && element instanceof view.HTMLElement ? innerTextOf(element) : textContentOf(element) || "";
  };

  // ---- what stands on the page, in document order, shadow trees and same-origin frames included
  const links = [];
  const strange = []; // anchors that no browser opens as a page: {element, url}
  const places = []; // links and headings in document order: {element, link} or {element}
  const roots = [];
  const frames = [];
  let total = 0;

  // A long one keeps its beginning and what tells it from others: no address of that length is opened.
  const held = (url) => {
    if (url.length <= 8000) return url;
    let sum = 0;
    for (let at = 8000; at < url.length; at += 1) sum = (sum * 31 + url.charCodeAt(at)) >>> 0;
    return `${url.slice(0, 8000)}…${url.length}.${sum}`;
  };

  const address = (element) => {
    let href = element.href;
    if (href && typeof href === "object" && typeof href.baseVal === "string") {
      try {
        href = new URL(href.baseVal, element.baseURI).href;
      } catch {
        href = "";
      }
    }
    return typeof href === "string" ? href : "";
  };

  // Rows that lead somewhere without being links, as far as that was found out (rows.js).
  const rows = globalThis.jptRows instanceof Map ? globalThis.jptRows : new Map();

  const note = (element, row) => {
    const url = row ? row.url : address(element);
    if (!/^https?:\/\//i.test(url)) {
      if (!row && strange.length < MOST_STRANGE) {
        const odd = { element, url: held(url || attributeOf(element, "href")), words: "", odd: true };
        strange.push(odd);
        places.push(odd);
      }
      return;
    }
    total += 1;
    if (links.length >= MOST_LINKS) return;
    const link = { element, url: held(url), words: row ? row.words : "" };
    links.push(link);
    places.push(link);
  };

  const walk = (root, depth) => {
    roots.push(root);
    for (const element of allIn(root, "*")) {
      const tag = tagOf(element);
      if (rows.size && rows.has(element)) note(element, rows.get(element));
      else if ((tag === "A" || tag === "AREA" || tag === "a") && element.hasAttribute("href")) note(element);
      else if (HEADINGS[tag] || (element.hasAttribute("role") && attributeOf(element, "role") === "heading")) places.push({ element });
      else if (tag === "IFRAME" || tag === "FRAME") enter(element, depth);
      const shadow = shadowOf(element);
      if (shadow && depth < 20) {
        hosts.set(shadow, element);
        walk(shadow, depth + 1);
      }
    }
  };

  const enter = (frame, depth) => {
    const src = frame.src;
    if (typeof src === "string" && src) frames.push(src);
    const inner = frame.contentDocument; // null where it is of another origin
    if (!inner || depth >= 5 || !bodyOf(inner)) return;
    hosts.set(inner, frame);
    walk(inner, depth + 1);
  };

  walk(document, 0);

  // ---- cards: the nearest ancestor that stands beside others of its kind with links elsewhere
  const under = new Map(); // element -> {url, several}: the links below it
  for (const link of links) {
    for (let at = link.element, step = 0; at && step < 40; at = parent(at), step += 1) {
      const known = under.get(at);
      if (!known) under.set(at, { url: link.url, several: false });
      else if (known.url !== link.url) known.several = true;
    }
  }

  const signatures = new Map();
  const signature = (element) => {
    let known = signatures.get(element);
    if (known === undefined) {
      const classes = attributeOf(element, "class").slice(0, 200).toLowerCase().split(/\s+/);
      const kept = classes.filter((name) => name && !/^(?:odd|even|first|last|active|selected|current|is-.*|has-.*)$/.test(name));
      const id = attributeOf(element, "id").slice(0, 40).toLowerCase().replace(/[\s<]+/g, "-");
      known = (tagOf(element).toLowerCase() + kept.slice(0, 3).map((name) => "." + name.slice(0, 24)).join("") + (id && "#" + id))
        .replace(/\d+/g, "0").slice(0, 90);
      signatures.set(element, known);
    }
    return known;
  };
  const kind = (element) => signature(element).split(/[.#]/, 2).join(".");

  const repeats = new Map(); // container -> kinds of children that occur with links to different places
  const repeated = (container) => {
    let known = repeats.get(container);
    if (!known) {
      const firsts = new Map();
      known = new Set();
      for (let child = firstChildOf(container); child; child = nextOf(child)) {
        const found = under.get(child);
        if (!found) continue;
        const name = kind(child);
        const first = firsts.get(name);
        if (first === undefined) firsts.set(name, found.url);
        else if (first !== found.url) known.add(name);
      }
      repeats.set(container, known);
    }
    return known;
  };

  const groups = new Map();
  let groupCount = 0;
  const nameOfGroup = (container, name) => {
    const key = groups.get(container) || new Map();
    groups.set(container, key);
    if (!key.has(name)) key.set(name, `g${(groupCount += 1)}`);
    return key.get(name);
  };

  const cellsOf = (row) => {
    const found = [];
    for (let cell = firstChildOf(row); cell; cell = nextOf(cell)) found.push(cell);
    return found;
  };

  // The row of a table whose first cell names it and whose last one holds nothing but a short link.
  const loneRow = (element) => {
    let row = element;
    for (let step = 0; row && step < DEPTH && tagOf(row) !== "TR"; step += 1) row = parent(row);
    if (!row || tagOf(row) !== "TR") return null;
    const cells = cellsOf(row).filter((cell) => CELLS[tagOf(cell)]);
    const named = cells.find((cell) => /\p{L}{3}/u.test(textContentOf(cell)));
    const last = cells[cells.length - 1];
    if (!named || under.has(named) || (under.get(row) || { several: true }).several || !under.has(last)) return null;
    const words = squashed(textContentOf(last));
    const name = squashed(textContentOf(named));
    return words.length <= 20 && words.split(" ").length <= 3 && words.length <= name.length && name.length <= 120 ? row : null;
  };

  const place = (link) => {
    let at = link.element;
    for (let step = 0; at && step < DEPTH; step += 1) {
      const container = parent(at);
      if (!container) break;
      if (!CELLS[tagOf(at)] && repeated(container).has(kind(at))) {
        link.card = at;
        link.group = nameOfGroup(container, kind(at));
        return;
      }
      at = container;
    }
    // Alone: its row of a table, else the largest part around it that holds no other link and little text.
    link.group = "";
    link.card = loneRow(link.element);
    if (link.card) return;
    at = link.element;
    for (let step = 0; step < 5; step += 1) {
      const above = parent(at);
      if (!above || tagOf(above) === "BODY" || (under.get(above) || {}).several || textContentOf(above).length > 1500) break;
      at = above;
    }
    link.card = at;
  };

  const LEVEL = { H1: 1, H2: 2, H3: 3, H4: 4, H5: 5, H6: 6 };

  const sections = new Map(); // card -> the heading in it
  const inCards = new Set();
  const cardHeading = (card) => {
    if (sections.has(card)) return sections.get(card);
    let found = null;
    for (const heading of allIn(card, "h1,h2,h3,h4,h5,h6,[role=heading]")) {
      inCards.add(heading);
      if (!found && textContentOf(heading).trim()) found = heading;
    }
    if (!found) found = one(card, '[class*="title" i],[class*="position-name" i],[itemprop="title"]') || firstCell(card);
    sections.set(card, found);
    return found;
  };

  // The cell that names a table's row whose only link stands in a later cell, on a button: several are called so.
  const labels = new Map(); // words of links -> the addresses they lead to
  for (const link of links) {
    const words = squashed(textContentOf(link.element));
    if (!labels.has(words)) labels.set(words, new Set());
    labels.get(words).add(link.url);
  }
  const firstCell = (row) => {
    const cells = tagOf(row) === "TR" ? cellsOf(row).filter((cell) => CELLS[tagOf(cell)]) : [];
    const named = cells.find((cell) => /\p{L}{3}/u.test(textContentOf(cell)));
    if (cells.length < 2 || !named || under.has(named) || (under.get(row) || { several: true }).several) return null;
    const holder = cells.find((cell) => under.has(cell));
    const called = holder && labels.get(squashed(textContentOf(holder)));
    const isButton = called && (called.size > 1 || loneRow(holder) === row);
    return isButton && squashed(textContentOf(named)).length <= 120 ? named : null;
  };

  // A section taken for a card, as others stand beside it, may hold a smaller card with a heading of its own.
  const innerHeading = (link, outer) => {
    // The highest heading in a link is its title: a place or a team may stand above it, as a lower one.
    let highest = null;
    for (const heading of allIn(link.element, "h1,h2,h3,h4,h5,h6")) {
      if (textContentOf(heading).trim() && (!highest || LEVEL[tagOf(heading)] < LEVEL[tagOf(highest)])) highest = heading;
    }
    if (highest) return highest;
    if (!outer || !(LEVEL[tagOf(outer)] <= 2)) return outer;
    for (let at = link.element, step = 0; at && at !== link.card && step < DEPTH; at = parent(at), step += 1) {
      const found = one(at, "h2,h3,h4,h5,h6");
      if (found) return LEVEL[tagOf(found)] > LEVEL[tagOf(outer)] && textContentOf(found).trim() ? found : outer;
    }
    return outer;
  };

  for (const link of [...links, ...strange]) {
    place(link);
    link.title = innerHeading(link, cardHeading(link.card));
  }

  const texts = new Map();
  const text = (element, most = CUT) => {
    let known = texts.get(element);
    if (known === undefined) {
      known = cut(firstChildOf(element) ? rendered(element) : textContentOf(element) || "", most);
      texts.set(element, known);
    }
    return known;
  };

  const label = (element) => {
    const own = text(element);
    if (own) return own;
    const picture = one(element, "img[alt],[aria-label],svg title");
    return cut(attributeOf(element, "aria-label") || attributeOf(element, "title") || attributeOf(element, "alt") ||
      (picture && (attributeOf(picture, "alt") || attributeOf(picture, "aria-label") || textContentOf(picture))) || "");
  };

  // What the markup of a card calls the job's place: by its name, by a pin beside it, by the head of its column.
  const LOCATED = 'address,[itemprop="jobLocation" i],[itemprop="addressLocality" i],[class*="location" i],[class*="standort" i],' +
    '[class~="city" i],[class*="map-marker" i],[class*="map-pin" i]';
  const COLUMN = new RegExp("^(?:(?:job |work )?locations?|place|city|town|office|where|region|(?:arbeits|einsatz|dienst)?orte?|standorte?|stadt" +
    "|lieux?|localisation|ville|ubicaci[oó]n|lugar|ciudad|localidad|sede|luogo|citt[àa]|locatie|plaats|standplaats|plats|ort|sted|lokalizacja|miasto)$", "i");
  const LONGEST_PLACE = 120;
  const MOST_LOCATED = 8;

  const columns = new Map(); // table -> {cells, at}: how many columns it has, and which one is of places
  const columnOf = (row) => {
    let table = row;
    for (let step = 0; table && step < 3 && tagOf(table) !== "TABLE"; step += 1) table = parent(table);
    if (!table || tagOf(table) !== "TABLE") return { cells: 0, at: -1 };
    if (!columns.has(table)) {
      const first = one(table, "tr");
      const heads = first ? cellsOf(first) : [];
      columns.set(table, { cells: heads.length, at: heads.findIndex((head) => COLUMN.test(text(head))) });
    }
    return columns.get(table);
  };

  const marked = new Map(); // card -> words of its elements that are marked as places
  const markedIn = (card) => {
    if (marked.has(card)) return marked.get(card);
    const found = [];
    for (const element of allIn(card, LOCATED)) {
      if (found.length === MOST_LOCATED) break;
      if (element.checkVisibility && !element.checkVisibility({ visibilityProperty: true })) continue;
      const above = parent(element);
      const words = text(element) || (above && above !== card ? text(above) : "");
      if (words && words.length <= LONGEST_PLACE) found.push(words);
    }
    if (tagOf(card) === "TR") {
      const { cells, at } = columnOf(card);
      const own = cellsOf(card);
      if (at >= 0 && own.length === cells) found.push(text(own[at]));
    }
    marked.set(card, found);
    return found;
  };

  const located = (card, names) =>
    markedIn(card).find((words) => words && words.length <= LONGEST_PLACE && !names.some((name) => name && words.includes(name))) || "";

  const regions = new Map();
  const region = (element, step = 0) => {
    if (regions.has(element)) return regions.get(element);
    const tag = tagOf(element);
    const named = ROLES[attributeOf(element, "role")] || LANDMARKS[tag];
    const above = parent(element);
    let found;
    if (named && !((tag === "HEADER" || tag === "FOOTER") && within(above))) found = named;
    else found = above && step < 200 ? region(above, step + 1) : "body";
    regions.set(element, found);
    return found;
  };
  const parts = new Map();
  const within = (element) => {
    let at = element;
    const seen = [];
    let answer = false;
    for (let step = 0; at && step < 60; at = parent(at), step += 1) {
      if (parts.has(at)) { answer = parts.get(at); break; }
      seen.push(at);
      if (PARTS[tagOf(at)]) { answer = true; break; }
    }
    for (const each of seen) parts.set(each, answer);
    return answer;
  };

  const shape = (element) => {
    const words = [];
    let length = 0;
    for (let at = element, step = 0; at && step < DEPTH && length < 900; at = parent(at), step += 1) {
      const word = signature(at);
      if (/^(?:body|html)\b/.test(word)) break;
      words.push(word);
      length += word.length + 1;
    }
    return words.join("<").slice(0, 1000);
  };

  // Known where moves.js is there, too: on lists.
  const isMove = (words) => typeof MORE_WORDS === "object" && [MORE_WORDS, NEXT_WORDS, PAGE_NUMBER].some((each) => each.test(words));

  const anchors = [];
  const unopenable = [];
  let section = "";
  for (const at of places) {
    if (at.url === undefined) {
      if (!inCards.has(at.element)) section = text(at.element) || section;
      continue;
    }
    const element = at.element;
    const title = at.title ? text(at.title) : "";
    // Beside a link that opens, a control is no row of its own.
    if (at.odd && (under.has(at.card) || isMove(text(element)))) continue;
    (at.odd ? unopenable : anchors).push({
      url: at.url,
      text: at.words || label(element),
      heading: title || section,
      context: text(at.card),
      location: located(at.card, [title, label(element)]),
      region: region(element),
      shape: shape(element),
      // The section's heading is part of the name: "Open positions" and "Closed" may share a container.
      group: `${at.group || "g0"} ${section.slice(0, 120)}`.trim(),
      visible: element.checkVisibility ? element.checkVisibility({ visibilityProperty: true }) : true,
    });
  }

  // ---- what a press on its summary would show: no browser counts it as text
  const BLOCK = /^(?:P|DIV|LI|UL|OL|DL|DT|DD|H[1-6]|TR|TABLE|SECTION|ARTICLE|HEADER|FOOTER|BLOCKQUOTE|PRE|BR|HR|SUMMARY|DETAILS)$/;
  const NO_TEXT = /^(?:SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/i;
  const plain = (node, found) => {
    for (const child of childrenOf(node)) {
      if (child.nodeType === 3) found.push(textContentOf(child));
      else if (child.nodeType === 1 && !NO_TEXT.test(tagOf(child)) && !child.hidden) {
        const block = BLOCK.test(tagOf(child));
        if (block) found.push("\n");
        plain(child, found);
        if (block) found.push("\n");
      }
    }
    return found;
  };
  const lines = (words) => words.split("\n").map(squashed).filter(Boolean);

  // The text of folded parts stands behind the line of their summary.
  const unfolded = (root, whole) => {
    const folded = [...allIn(root, "details:not([open])")].filter((each) => each.checkVisibility()).slice(0, MOST_FOLDED);
    let text = whole;
    let from = 0;
    for (const part of folded) {
      const inside = lines(plain(part, []).join(""));
      const name = inside.shift();
      if (!name || !inside.length || text.length > MOST_TEXT) continue;
      const at = text.indexOf(name, from);
      from = at < 0 ? text.length : at + name.length;
      text = `${text.slice(0, from)}\n${inside.join("\n")}${text.slice(from)}`;
    }
    return text;
  };

  // ---- the rest of the page
  const pageText = () => {
    const found = [];
    let length = 0;
    const add = (words) => {
      if (words.trim() && length <= MOST_TEXT) {
        found.push(words);
        length += words.length + 1;
      }
    };
    for (const root of roots) {
      if (root.nodeType === 9) {
        if (bodyOf(root)) add(unfolded(root, rendered(bodyOf(root))));
        continue;
      }
      for (let child = firstIn(root); child; child = nextOf(child)) if (child.checkVisibility()) add(rendered(child));
    }
    return found.join("\n");
  };
  const controls = () => {
    const found = [];
    const selector = 'button,input[type="submit" i],input[type="button" i],[role="button"],a:not([href]),a[href^="javascript:" i],a[href="#"]';
    for (const root of roots) {
      for (const element of allIn(root, selector)) {
        if (found.length >= 200) return found;
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        const words = tagOf(element) === "INPUT" ? cut(attributeOf(element, "value")) || "Submit" : label(element);
        if (words) found.push(words);
      }
    }
    return found;
  };

  const headings = () => {
    const found = [];
    for (const tag of ["h1", "h2"]) {
      for (const root of roots) {
        for (const element of allIn(root, tag)) {
          if (found.length >= 50) return found;
          const words = text(element);
          if (words) found.push(words);
        }
      }
    }
    return found;
  };

  const meta = () => {
    const found = {};
    const put = (name, words) => {
      const value = squashed((words || "").slice(0, 4000)).slice(0, 2000);
      if (value) found[name] = value;
    };
    for (const element of allIn(document, "meta[content]")) {
      const name = (attributeOf(element, "property") || attributeOf(element, "name")).toLowerCase();
      if (["og:title", "og:site_name", "description", "robots"].includes(name) && !(name in found)) put(name, attributeOf(element, "content"));
    }
    const canonical = one(document, 'link[rel~="canonical" i]');
    if (canonical) put("canonical", canonical.href);
    // A document may have no root: an answer that broke off, a script that took it out.
    if (document.documentElement) put("lang", attributeOf(document.documentElement, "lang"));
    const post = one(document, '[itemtype*="JobPosting"]');
    const title = post && one(post, '[itemprop="title"]');
    if (title) put("microdata_title", attributeOf(title, "content") || text(title));
    return found;
  };

  // ---- microdata (HTML standard, section 5) of jobs, given as JSON-LD
  const KIND = { META: "content", A: "href", LINK: "href", AREA: "href", IMG: "src", DATA: "value", METER: "value", TIME: "datetime" };

  const has = (element, name) => Element.prototype.hasAttribute.call(element, name);
  const valueOf = (element, budget, depth) => {
    if (has(element, "itemscope")) return item(element, budget, depth + 1);
    const named = attributeOf(element, "content") || attributeOf(element, KIND[tagOf(element)] || "content");
    if (named) return named.slice(0, 20000);
    return (rendered(element) || textContentOf(element) || "").trim().slice(0, 100000);
  };

  const item = (element, budget, depth) => {
    const found = { "@type": attributeOf(element, "itemtype").split(/[\/#]/).pop() };
    const waiting = [...allIn(element, "[itemprop]")].slice(0, 2000);
    for (const property of waiting) {
      if (budget.left <= 0 || depth > 4) break;
      let owner = parentOf(property);
      for (let steps = 0; owner && owner !== element && !has(owner, "itemscope") && steps < 100; steps += 1) owner = parentOf(owner);
      if (owner !== element) continue; // it belongs to an item within this one
      budget.left -= 1;
      for (const name of attributeOf(property, "itemprop").split(/\s+/).filter(Boolean).slice(0, 5)) {
        const value = valueOf(property, budget, depth);
        if (!(name in found)) found[name] = value;
        else found[name] = [].concat(found[name], value).slice(0, 50);
      }
    }
    return found;
  };

  const structured = () => {
    const found = [];
    for (const root of roots) {
      for (const script of allIn(root, 'script[type^="application/ld+json" i]')) {
        if (found.length < 50) found.push((textContentOf(script) || "").slice(0, 300000));
      }
    }
    // Pages that say it twice say the same.
    if (found.some((script) => script.includes("JobPosting"))) return found;
    for (const root of roots) {
      for (const element of allIn(root, '[itemscope][itemtype*="JobPosting" i]')) {
        if (found.length < 50) found.push(JSON.stringify(item(element, { left: 500 }, 0)));
      }
    }
    return found;
  };

  // Where scripts and feeds come from, addresses of others that inline scripts name, and what scripts asked others
  // for: embedded boards show there.
  const hints = () => {
    const found = new Set();
    for (const element of allIn(document, 'link[rel~="alternate" i][type*="rss" i], link[rel~="alternate" i][type*="atom" i]')) {
      if (typeof element.href === "string") found.add("feed:" + element.href);
    }
    for (const element of allIn(document, "script")) {
      if (found.size > 200) break;
      if (typeof element.src === "string" && element.src) found.add(element.src);
      else if (!/json/i.test(attributeOf(element, "type"))) {
        for (const url of (textContentOf(element) || "").slice(0, 100000).match(/https?:\/\/[\w.-]+\/[^\s"'`<>\\]{1,300}/g) || []) {
          if (found.size < 200 && !url.startsWith(location.origin)) found.add(url);
        }
      }
    }
    for (const entry of performance.getEntriesByType("resource")) {
      const asked = entry.initiatorType === "fetch" || entry.initiatorType === "xmlhttprequest";
      if (asked && found.size < 200 && !entry.name.startsWith(location.origin)) found.add(entry.name);
    }
    return [...found];
  };

  const whole = pageText();
  const truncated = [];
  if (whole.length > MOST_TEXT) truncated.push(`text after ${MOST_TEXT}`);
  return {
    href: location.href,
    title: cut(String(titleOf(document) || "")),
    text: whole.slice(0, MOST_TEXT),
    anchors,
    unopenable,
    headings: headings(),
    meta: meta(),
    json_ld: structured(),
    controls: controls(),
    frames: frames.slice(0, 50),
    hints: hints(),
    truncated,
    total_links: total,
  };
}
