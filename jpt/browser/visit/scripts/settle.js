/*
 * Waits inside the page until it has come to rest, then gives what readPage() sees: one call from
 * outside, however long it takes. Runs in an isolated world, so the page's own script cannot
 * redefine what it uses.
 *
 * Rest means: the document is complete, no node changed and no request of a script was answered for
 * `quietMs`, nothing says that more is coming. Where something does (a spinner, hardly any content), it waits up to `patienceMs` for it.
 * A page that never stops changing is at rest when its links stayed the same for `steadyMs`.
 * With `change` set, it first waits (up to `patienceMs`, while the page says that it is busy up to
 * `busyMs`) for the links or the text to differ from it. With `consent`, a question about cookies is
 * answered. With `seeking`, everything that scrolls is scrolled to its end once, so that the rest that is
 * waited for anyway also shows whether more comes, and the signs of more are given too.
 */
/* A pause that ends so much later than asked shows that the page's thread was kept from its work. */
const LATE_MS = 30;
const BUSY_SIGNS = '[aria-busy="true"],[role="progressbar"],[class*="spinner" i],[class*="skeleton" i],' +
  '[class*="loading" i],[class*="loader" i],[class*="placeholder-glow" i]';

function isBusy() {
  for (const element of document.querySelectorAll(BUSY_SIGNS)) {
    if (element.checkVisibility() && element.getClientRects().length && element.textContent.length < 80) return true;
  }
  return false;
}

async function settle({ quietMs, steadyMs, patienceMs, busyMs, limitMs, change, caps, consent, framed, seeking }) {
  const begun = performance.now();
  let changed = begun;
  let moved = begun;
  let before = null;
  const roots = new Set();
  const observer = new MutationObserver(() => { changed = performance.now(); });

  // A courtesy that fails must not cost the read.
  const tried = (act, otherwise) => {
    try {
      return act();
    } catch {
      return otherwise;
    }
  };
  const watch = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["href"] });
  };
  // A document's observer does not see into shadow roots and frames, and those come late.
  const watchShadows = () => {
    const known = roots.size;
    for (const root of [...roots]) {
      for (const element of allIn(root, "*")) {
        if (element.shadowRoot) watch(element.shadowRoot);
        else if (element.tagName === "IFRAME") {
          const inner = element.contentDocument;
          if (inner && inner.body) watch(inner);
        }
      }
    }
    return roots.size > known;
  };
  const signature = () => fingerprint(roots);
  const same = (one, two) => one && two && one.links === two.links && one.text === two.text && one.hash === two.hash;
  const thin = (seen) => seen.links < 3 && ((document.body && document.body.innerText.trim().length) || 0) < 200 &&
    !(seeking && tried(() => countRows(rootsHere()) > 0, false));
  // What has been answered may not be on the page yet.
  const answers = () => tried(() => performance.getEntriesByType("resource"), []);
  // On a busy machine the page learns of an answer long after its end: what counts is when it was seen here first.
  let known = null;
  let answeredAt = 0;
  const noteAnswers = (now) => {
    const ends = answers()
      .filter((one) => one.initiatorType === "fetch" || one.initiatorType === "xmlhttprequest")
      .map((one) => one.responseEnd);
    if (known === null || ends.length !== known) answeredAt = known === null ? Math.max(0, ...ends) : now;
    known = ends.length;
  };
  const counts = (names) => {
    const found = {};
    for (const name of names) found[name] = (found[name] || 0) + 1;
    return found;
  };
  // Time in which nothing here had its turn, the page had none either: it is no rest of the page.
  const tick = async (ms) => {
    const from = performance.now();
    await pauseMs(ms);
    const late = performance.now() - from - ms;
    if (late > LATE_MS) {
      changed += late;
      answeredAt += late;
    }
  };
  let asked = -Infinity;
  const answered = (now) => {
    if (!consent || now - asked < 100) return false;
    asked = now;
    // Known where lesson.js is there, too.
    const press = typeof pressedConsent === "function" ? pressedConsent : giveConsent;
    return tried(press, false);
  };
  const asksBelow = () => framed && !change && tried(asksInFrame, false);
  // The rows of a list that is longer than the window often come with scrolling, and some leave.
  let ends = null;
  let height = "";
  let probes = 0;
  const outcome = { grew: false, lost: false };
  const note = () => {
    const did = tried(() => scrolled(ends, [...roots]), outcome);
    outcome.grew = outcome.grew || did.grew;
    outcome.lost = outcome.lost || did.lost;
  };
  const reached = () => {
    if (!seeking || change || probes >= 2) return false;
    const now = `${document.documentElement ? document.documentElement.scrollHeight : 0} ${document.links.length} ${roots.size}`;
    if (now === height) return false;
    height = now;
    probes += 1;
    if (ends) note();
    ends = tried(() => scrollToEnds([...roots]), null) || ends;
    return ends !== null;
  };

  watch(document);
  // Without time to wait (a page that keeps reloading itself) it is read as it stands.
  let why = limitMs > 0 || document.readyState === "loading" ? "limit" : "restless";
  while (performance.now() - begun < limitMs) {
    const now = performance.now();
    const loaded = document.readyState === "complete" || (document.readyState === "interactive" && now - begun > 4000);
    // Scrolled before the rest that is waited for anyway, so that it costs no wait of its own.
    if (loaded && probes === 0 && reached()) changed = now;
    noteAnswers(now);
    const quiet = now - changed >= quietMs && now - answeredAt >= quietMs;
    if (loaded && (quiet || now - moved >= 200)) {
      if (watchShadows()) { changed = now; await tick(quietMs); continue; }
      if (answered(now)) {
        moved = performance.now();
        // What a list shows then may take its time; a post's text is there, or asked for, at once.
        if (seeking) changed = moved;
        await tick(seeking ? quietMs : 40);
        continue;
      }
      const seen = signature();
      if (!before || seen.links !== before.links) moved = now;
      before = seen;
      const waited = now - begun;
      if (change && same(seen, change)) {
        if (waited >= patienceMs && (waited >= busyMs || !isBusy())) { why = "unchanged"; break; }
      } else if (quiet) {
        if (!thin(seen) && !isBusy()) {
          if (reached()) { changed = performance.now(); await tick(quietMs); continue; }
          why = "quiet";
          break;
        }
        if (asksBelow()) { why = "frame"; break; }
        if (waited >= patienceMs && now - changed >= quietMs) { why = "patience"; break; }
      } else if (now - moved >= steadyMs && seen.links > 0) {
        why = "steady";
        break;
      }
    }
    // At the end of the quiet, not a step after it.
    const left = quietMs - (performance.now() - Math.max(changed, answeredAt));
    await tick(left > 0 ? Math.min(40, quietMs, left + 1) : Math.min(40, quietMs));
  }
  observer.disconnect();
  const scrolls = ends !== null;
  if (ends) note();
  const signs = seeking ? tried(() => signsOfMore(rootsHere(), { scrolls, ...outcome }), {}) : null;
  if (signs && scrolls) tried(scrollToTop, null);
  return {
    why,
    signature: signature(),
    href: location.href,
    signs: signs && { ...signs, busy: isBusy() },
    answered: counts(answers().map((one) => one.name).slice(-500)),
    consentFrame: asksBelow(),
    page: readPage(caps),
  };
}
