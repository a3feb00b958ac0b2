/*
 * Waits inside the page until it has come to rest, then gives what readPage() sees: one call from
 * outside, however long it takes. Runs in an isolated world, so the page's own script cannot
 * redefine what it uses.
 *
 * Rest means: the document is complete, no node changed for `quietMs`, nothing says that more is
 * coming. Where something does (a spinner, hardly any content), it waits up to `patienceMs` for it.
 * A page that never stops changing is at rest when its links stayed the same for `steadyMs`.
 * With `change` set, it first waits (up to `patienceMs`) for the links or the text to differ from it.
 */
async function settle({ quietMs, steadyMs, patienceMs, limitMs, change, caps }) {
  const begun = performance.now();
  const BUSY = '[aria-busy="true"],[role="progressbar"],[class*="spinner" i],[class*="skeleton" i],' +
    '[class*="loading" i],[class*="loader" i],[class*="placeholder-glow" i]';
  let changed = begun;
  let moved = begun;
  let before = null;
  const roots = new Set();
  const observer = new MutationObserver(() => { changed = performance.now(); });

  const watch = (root) => {
    if (roots.has(root)) return;
    roots.add(root);
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["href"] });
  };
  // A document's observer does not see into shadow roots, and those come late.
  const watchShadows = () => {
    const known = roots.size;
    for (const root of [...roots]) {
      for (const element of root.querySelectorAll("*")) if (element.shadowRoot) watch(element.shadowRoot);
    }
    return roots.size > known;
  };
  const signature = () => {
    let links = 0;
    let text = 0;
    for (const root of roots) {
      links += root.querySelectorAll("a[href]").length;
      text += ((root.body || root).textContent || "").length;
    }
    return { links, text };
  };
  const same = (one, two) => one && two && one.links === two.links && one.text === two.text;
  const busy = () => {
    for (const element of document.querySelectorAll(BUSY)) {
      if (element.checkVisibility() && element.getClientRects().length && element.textContent.length < 80) return true;
    }
    return false;
  };
  const thin = (seen) => seen.links < 3 && ((document.body && document.body.innerText.trim().length) || 0) < 200;
  const tick = (ms) => new Promise((done) => setTimeout(done, ms));

  watch(document);
  // Without time to wait (a page that keeps reloading itself) it is read as it stands.
  let why = limitMs > 0 || document.readyState === "loading" ? "limit" : "restless";
  while (performance.now() - begun < limitMs) {
    const now = performance.now();
    const loaded = document.readyState === "complete" || (document.readyState === "interactive" && now - begun > 4000);
    const quiet = now - changed >= quietMs;
    if (loaded && (quiet || now - moved >= 200)) {
      if (watchShadows()) { changed = now; await tick(quietMs); continue; }
      const seen = signature();
      if (!before || seen.links !== before.links) moved = now;
      before = seen;
      const waited = now - begun;
      if (change && same(seen, change)) {
        if (waited >= patienceMs) { why = "unchanged"; break; }
      } else if (quiet) {
        if (!thin(seen) && !busy()) { why = "quiet"; break; }
        if (waited >= patienceMs && now - changed >= quietMs) { why = "patience"; break; }
      } else if (now - moved >= steadyMs && seen.links > 0) {
        why = "steady";
        break;
      }
    }
    await tick(Math.min(50, quietMs));
  }
  observer.disconnect();
  return { why, waited: performance.now() - begun, signature: signature(), href: location.href, page: readPage(caps) };
}
