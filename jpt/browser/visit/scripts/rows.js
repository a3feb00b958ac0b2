/*
 * Finds out where rows, cards and buttons lead that are no links: from their attributes, else by pressing
 * them and looking where the page wants to go. It does not get there: a navigation to another document is
 * cancelled, a route of the page's own is gone back from. What was found is kept in `jptRows` for readPage().
 */
const ROW_ATTRIBUTES = /^(?:data-(?:[\w-]*(?:href|url|link|uri|path|route|permalink|target|location)|to|go)|href|to|routerlink|ng-href|formaction|link|url)$/i;
const ROW_ASSET = /\.(?:png|jpe?g|gif|svg|webp|css|js|json|xml|ico|woff2?)(?:$|\?)|^data:|\/api\/|^mailto:|^tel:/i;
const ROW_ADDRESS = /^(?:https?:\/\/[^\s]+|\/\/[\w.-]+\/\S*|\/[\w%~.!@#?&=:+,;\/-]+|\.{1,2}\/\S+|#!?\/\S+|\?[\w\[\]-]+=\S+|[\w%-]+(?:\/[\w%.~-]+)+\/?(?:[?#]\S*)?|[\w%-]+\.(?:html?|php|aspx?|jsp)(?:[?#]\S*)?)$/;
const ROW_SKIP = /^(?:apply|save|share|log ?in|sign|register|subscribe|close|menu|search|filter|reset|clear|accept|reject|submit|send|upload|favou?rite|bookmark|like|copy|print|download|back|previous|next|sort|load|show more|show all|alert|cookie|bewerben|speichern|teilen|anmelden|suchen|zur[üu]cksetzen|postuler|partager|rechercher|enregistrer|aplicar|compartir|buscar|guardar|\d+|[‹›«»<>×+-])\b/i;
const ROW_NAMED = /job|position|vacanc|opening|role|career|stelle|offer|offre|empleo|oferta|vaga|card|row|item|result|listing|post|opportunit/i;

function rowAddress(written, element) {
  const text = squashed(written);
  if (!text || !ROW_ADDRESS.test(text) || ROW_ASSET.test(text)) return "";
  try {
    const target = new URL(text, element.baseURI);
    const here = new URL(element.ownerDocument.URL);
    if (!/^https?:$/.test(target.protocol)) return "";
    const plain = !/^#!?\/|[=]/.test(target.hash);
    if (target.href.split("#")[0] === here.href.split("#")[0] && plain) return "";
    return target.href;
  } catch {
    return "";
  }
}

/* The address that a handler's code goes to, where it stands there as one string. */
function codeAddress(code, element) {
  for (const [, words, after] of code.matchAll(/['"`]([^'"`\s]{2,500})['"`]\s*(\+?)/g)) {
    if (after || words.includes("${")) continue;
    const found = rowAddress(words, element);
    if (found) return found;
  }
  return "";
}

function attributeAddress(element) {
  const named = [];
  for (const { name, value } of element.attributes) {
    if (/^(?:onclick|onmousedown|onmouseup|ondblclick|@click|v-on:click)$/i.test(name) || (name === "href" && /^javascript:/i.test(value.trim()))) {
      const found = codeAddress(value, element);
      if (found) return found;
    } else if (ROW_ATTRIBUTES.test(name) && !(name === "href" && element.tagName === "A" && value.trim().startsWith("#") && !value.trim().includes("/"))) {
      named.push(value);
    }
  }
  for (const value of named) {
    const found = rowAddress(value, element);
    if (found) return found;
  }
  return "";
}

/* Addresses that a form in a row may be opened at. */
function formAddresses(element) {
  const form = element.form || element.closest("form[action]");
  if (!form || allIn(form, 'input:not([type]),input[type="text"],input[type="search"],input[type="email"],textarea,select').length) return [];
  const found = [];
  try {
    const target = new URL(attributeOf(element, "formaction") || attributeOf(form, "action") || form.ownerDocument.URL, form.baseURI);
    const filled = new URL(target.href);
    for (const field of allIn(form, "input[type=hidden][name],button[name][value]")) {
      if (/csrf|token|nonce|viewstate/i.test(field.name)) continue;
      filled.searchParams.append(attributeOf(field, "name"), attributeOf(field, "value"));
    }
    if (/post/i.test(attributeOf(form, "method"))) found.push(target.href);
    found.push(filled.href);
  } catch {
    return [];
  }
  return [...new Set(found)].filter((url) => url.split("#")[0] !== form.ownerDocument.URL.split("#")[0]);
}

async function opens(url) {
  if (new URL(url).origin !== location.origin) return true;
  try {
    const answer = await fetch(url, { credentials: "include" });
    return answer.ok && /html|pdf/i.test(answer.headers.get("content-type") || "");
  } catch {
    return false;
  }
}

/* Of rows as they were first seen: a page that draws itself anew takes them out of their places. */
const rowFacts = (globalThis.jptRowFacts = globalThis.jptRowFacts || { shapes: new WeakMap(), keys: new WeakMap(), tokens: new WeakMap() });
const onceFor = (kept, element, make) => {
  if (!kept.has(element)) kept.set(element, make(element));
  return kept.get(element);
};
const rowShape = (element) => onceFor(rowFacts.shapes, element, madeShape);
const madeShape = (element) => `${element.tagName} ${attributeOf(element, "class").replace(/\b(?:odd|even|first|last|active|selected)\b|\d+/g, "").trim()} ${(around(element) || element).tagName}`;

/* The words that name a row: its heading, its title, its first cell, its first words. */
function rowWords(element) {
  const named = allIn(element, 'h1,h2,h3,h4,h5,h6,[role=heading],[class*="title" i],[class*="name" i],strong,b,th,td');
  for (const each of named) {
    const words = squashed(each.textContent);
    if (words.length > 2 && words.length < 200 && /\p{L}{2}/u.test(words)) return words;
  }
  if (/^(?:BUTTON|A|INPUT)$/.test(element.tagName) && element.children.length < 2) return "";
  let first = "";
  for (const each of allIn(element, "*")) {
    if (each.children.length) continue;
    first = squashed(each.textContent);
    if (first.length > 2 && /\p{L}{2}/u.test(first)) return first.slice(0, 200);
  }
  return "";
}

function rowCandidates(roots, eager) {
  const found = new Set();
  for (const element of everywhere(ROW_SELECTOR, roots)) if (isRowLink(element)) found.add(element);
  for (const element of [...everywhere("div,li,tr,article,section,h2,h3,h4,span,p,td,dt,[class]", roots), ...ownElements(roots)]) {
    if (found.has(element) || !isRowLink(element)) continue;
    if (getComputedStyle(element).cursor !== "pointer") continue;
    const above = around(element);
    if (above && above.tagName !== "BODY" && getComputedStyle(above).cursor === "pointer") continue;
    found.add(element);
  }
  // One button beside each title, whatever stands around it.
  for (const element of everywhere("button,[role=button]", roots)) {
    if (isRowLink(element) && !ROW_SKIP.test(wordsOf(element)) && !MORE_WORDS.test(wordsOf(element))) found.add(element);
  }
  if (!found.size && eager) {
    for (const element of everywhere("li,tr,article,div[class],section[class]", roots)) {
      if (isRowLink(element) && ROW_NAMED.test(attributeOf(element, "class") + element.id + attributeOf(element.parentElement || element, "class")) && wordsOf(element).length < 400 &&
        !allIn(element, "li,tr,article,div div div div").length) found.add(element);
    }
  }
  const shown = [...found].filter((element) => isShown(element) && !inFurniture(element) && !element.closest("nav,[role=navigation],[role=dialog],dialog"));
  const counts = new Map();
  for (const element of shown) counts.set(rowShape(element), (counts.get(rowShape(element)) || 0) + 1);
  return shown.filter((element) => counts.get(rowShape(element)) > 1 || /^(?:TR|LI|ARTICLE)$/.test(element.tagName) || attributeOf(element, "role") === "link" ||
    element.hasAttribute("onclick") || allIn(element, "h2,h3,h4,h5").length || element.closest("li,tr,article,[class*=card i],[class*=job i]"));
}

/*
 * Resolve the rows of the page as it stands. With `trying`, rows whose attributes say nothing are pressed; with
 * words in `only`, no others than links with these words.
 * `rows` are those of earlier calls, also on other states of the page. Gives {rows, broken}: all that is
 * known, and whether the page did not come back.
 */
async function resolveRows({ trying, eager, only, mostMs, most, waitMs, rows: told }) {
  const begun = performance.now();
  const known = (globalThis.jptRows = globalThis.jptRows instanceof Map ? globalThis.jptRows : new Map());
  const dead = (globalThis.jptDead = globalThis.jptDead || new Set());
  const rows = rowCandidates(rootsHere(), eager);
  const keep = (element, url, pressed) => known.set(element, { url, words: rowWords(element), key: rowKey(element), text: squashed(element.textContent).slice(0, 280),
    tokens: pressed ? [...tokensOf(element)] : null });
  const remember = () => {
    // The page may draw its rows anew: the same words are the same row.
    const byKey = new Map([...told.map((row) => [row.key, row]), ...[...known.values()].map((row) => [row.key, row])]);
    for (const element of rowCandidates(rootsHere(), eager)) {
      const row = byKey.get(rowKey(element));
      if (row && !known.has(element)) known.set(element, row);
    }
    return byKey;
  };
  remember();
  const open = [];
  for (const element of rows) {
    if (known.has(element)) continue;
    const url = attributeAddress(element);
    if (url) keep(element, url);
    else open.push(element);
  }
  const waiting = open.filter((element) => {
    for (let at = around(element), step = 0; at && step < 8; at = around(at), step += 1) if (known.has(at)) return false;
    for (const each of known.keys()) if (each.isConnected && element.contains(each)) return false;
    return true;
  });
  for (const element of [...waiting]) {
    const offered = formAddresses(element);
    for (const url of offered) {
      if (offered.length > 1 && !(await opens(url))) continue;
      keep(element, url);
      waiting.splice(waiting.indexOf(element), 1);
      break;
    }
  }
  let broken = false;
  for (const element of waiting) rowKey(element);
  if (trying) {
    for (const element of waiting.slice(0, 500)) tokensOf(element);
    const learned = told.filter((row) => row.tokens).map((row) => ({ url: row.url, tokens: new Map(row.tokens) }));
    let misses = 0;
    for (const element of waiting.slice(0, 3000)) {
      if (performance.now() - begun > mostMs || misses >= 4) break;
      const key = rowKey(element);
      if (only.length && !(element.tagName === "A" && only.includes(squashed(element.innerText).slice(0, 300)))) continue;
      if (dead.has(key) || ROW_SKIP.test(wordsOf(element))) continue;
      const template = learned.length >= 2 ? commonTemplate(learned) : null;
      const guessed = template && filled(template, element);
      if (guessed) {
        keep(element, guessed);
        continue;
      }
      if ((most -= 1) < 0) break;
      const now = element.isConnected ? element : again(rows, element, eager);
      if (!now) { broken = true; break; }
      const went = await whereTo(now, misses ? waitMs / 2 : waitMs);
      if (!went.url) {
        dead.add(key);
        misses += 1;
        if (!went.back) { broken = true; break; }
        continue;
      }
      misses = 0;
      learned.push({ url: went.url, tokens: tokensOf(element) });
      keep(element, went.url, true);
      if (!went.back) { broken = true; break; }
    }
  }
  return { broken, rows: [...remember().values()].slice(0, 3000) };
}

const rowKey = (element) => onceFor(rowFacts.keys, element, madeKey);
const madeKey = (element) => `${rowShape(element)} ${squashed((element.tagName === "BUTTON" && around(element) ? around(element) : element).textContent).slice(0, 200)} ${[...element.attributes].filter(({ name }) => /^data-|^id$|^onclick$/.test(name)).map(({ value }) => value.slice(0, 60)).join(" ")}`;

/* The row that stands now where this one stood. */
function again(rows, element, eager) {
  const words = squashed(element.textContent);
  const shape = rowShape(element);
  const nth = rows.filter((each) => squashed(each.textContent) === words && rowShape(each) === shape).indexOf(element);
  const now = rowCandidates(rootsHere(), eager).filter((each) => squashed(each.textContent) === words && rowShape(each) === shape);
  return now[Math.max(0, nth)] || now[0] || null;
}

/* What a row carries that its address may be made of: values of attributes, and its words as a slug. */
function tokensOf(element) {
  return onceFor(rowFacts.tokens, element, madeTokens);
}

function madeTokens(element) {
  const found = new Map();
  const take = (each, place) => {
    for (const { name, value } of each.attributes) {
      if (/^(?:data-|id$|value$|name$|key$|onclick$|href$)/i.test(name)) {
        if (/^(?:onclick|href)$/i.test(name)) {
          const argument = /\(\s*['"]?([\w-]+)['"]?/.exec(value.replace(/^javascript:/i, ""));
          if (argument) found.set(`${place} ${name}`, argument[1]);
        } else if (/^[\w.~-]{1,100}$/.test(value)) {
          found.set(`${place} ${name}`, value);
          const number = /(\d+)$/.exec(value);
          if (number && number[1] !== value) found.set(`${place} ${name} number`, number[1]);
        }
      }
    }
  };
  take(element, "self");
  const card = around(element);
  if (card) take(card, "above");
  for (const [at, each] of [...allIn(element, "*")].slice(0, 20).entries()) take(each, `in${at}`);
  const slug = squashed(rowWords(element) || wordsOf(element)).toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  if (slug) found.set("words slug", slug);
  return found;
}

/* Parts of an address that are a row's own: `{name}` where a token stands as a whole word. */
function templates(url, tokens) {
  const found = [];
  for (const [name, value] of tokens) {
    const place = url.search(new RegExp(`(?<![A-Za-z0-9])${value.replace(/[.*+?^${}()|[\]\\~-]/g, "\\$&")}(?![A-Za-z0-9])`));
    if (place > 8) found.push(`${url.slice(0, place)}{${name}}${url.slice(place + value.length)}`);
  }
  return found;
}

/* The one way of making all known addresses out of their rows. */
function commonTemplate(learned) {
  const [first, ...others] = learned;
  const common = templates(first.url, first.tokens).filter((template) => others.every((each) => templates(each.url, each.tokens).includes(template)));
  const different = new Set(learned.map((each) => each.url)).size === learned.length;
  return different && common.length ? common[0] : null;
}

function filled(template, element) {
  const tokens = tokensOf(element);
  const name = /\{([^}]+)\}/.exec(template)[1];
  return tokens.has(name) ? template.replace(`{${name}}`, tokens.get(name)) : "";
}

/* Press a row; give the address that the page wants to go to, and whether it is back where it was. */
async function whereTo(element, waitMs) {
  const view = element.ownerDocument.defaultView;
  const before = view.location.href;
  let url = "";
  let moved = false;
  const leave = (event) => {
    if (event.destination.sameDocument) {
      moved = true;
      if (event.destination.url !== before) url = event.destination.url;
      return;
    }
    url = url || event.destination.url;
    if (event.cancelable) event.preventDefault();
  };
  const opened = (event) => {
    try {
      url = url || new URL(String(event.detail), document.baseURI).href;
    } catch {
      url = url || "";
    }
  };
  const views = view === window ? [window] : [window, view];
  for (const each of views) if (each.navigation) each.navigation.addEventListener("navigate", leave);
  document.addEventListener("jpt-open", opened);
  try {
    press(element);
    const end = performance.now() + waitMs;
    while (!url && view.location.href === before && performance.now() < end) await pauseMs(25);
    if (view.location.href !== before) {
      url = view.location.href;
      moved = true;
    }
  } finally {
    for (const each of views) if (each.navigation) each.navigation.removeEventListener("navigate", leave);
    document.removeEventListener("jpt-open", opened);
  }
  let back = true;
  if (moved && view.location.href !== before) {
    await pauseMs(60);
    view.history.back();
    const end = performance.now() + 3000;
    while (view.location.href !== before && performance.now() < end) await pauseMs(25);
    back = view.location.href === before;
    const words = squashed(element.textContent);
    while (back && performance.now() < end) {
      if (element.isConnected && isShown(element)) break;
      if (everywhere(element.tagName).some((each) => squashed(each.textContent) === words && isShown(each))) break;
      await pauseMs(50);
    }
    back = back && performance.now() < end;
  }
  if (!/^https?:/i.test(url)) url = "";
  return { url, back };
}

/* The first of several addresses that opens a page with these words, and not a list with those of the others. */
async function firstThatOpens(urls, words, others) {
  for (const url of urls) {
    try {
      const answer = await fetch(url, { credentials: "include" });
      if (!answer.ok || !/html/i.test(answer.headers.get("content-type") || "")) continue;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const each of page.querySelectorAll("script,style,template,noscript")) each.remove();
      const named = squashed(`${page.title} ${[...page.querySelectorAll("h1,h2")].slice(0, 4).map((each) => each.textContent).join(" ")}`).toLowerCase();
      const shown = squashed(page.body ? page.body.textContent : "").toLowerCase();
      // A list names the others as well, and in no heading of its own.
      const many = others.filter((each) => shown.includes(each.toLowerCase())).length;
      if (named.includes(words.toLowerCase()) || (shown.includes(words.toLowerCase()) && many < 2)) return url;
    } catch {
      continue;
    }
  }
  return "";
}

/* The texts of scripts that hold data. */
function inlineData() {
  const found = [];
  let length = 0;
  for (const script of everywhere("script:not([src])")) {
    const words = script.textContent || "";
    if (words.length < 60 || length + words.length > 6000000 || /ld\+json|importmap|speculationrules|text\/html|template/.test(script.type)) continue;
    if (!/["']?(?:title|name|position|job\w*|slug|url|path)["']?\s*:/i.test(words)) continue;
    found.push(words);
    length += words.length;
  }
  for (const element of everywhere("[data-jobs],[data-positions],[data-props],[data-page],[data-state],[data-react-props],[data-initial],[data-vacancies],[data-openings]")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("data-") && /^\s*[\[{]/.test(value) && length + value.length < 6000000) {
        found.push(value);
        length += value.length;
      }
    }
  }
  return found;
}
