/*
 * Runs in the page's own world before its scripts: notes which elements it watches for coming into view,
 * and answers when asked how many of them are empty, as the marks at the end of endless lists are.
 */
(() => {
  if (typeof IntersectionObserver !== "function") return;
  const watched = new Set();
  const observe = IntersectionObserver.prototype.observe;
  IntersectionObserver.prototype.observe = function (target) {
    if (watched.size < 500) watched.add(new WeakRef(target));
    return observe.call(this, target);
  };
  document.addEventListener("jpt-watched?", () => {
    let count = 0;
    for (const each of watched) {
      const target = each.deref();
      if (!target || !target.isConnected || /^(?:IMG|IFRAME|PICTURE|VIDEO|CANVAS)$/.test(target.tagName)) continue;
      const lastRow = target.parentElement && target.parentElement.lastElementChild === target && /^(?:LI|TR|ARTICLE)$/.test(target.tagName);
      if (lastRow || ((target.textContent || "").trim().length < 60 && !target.querySelector("img,a,h1,h2,h3"))) count += 1;
    }
    document.dispatchEvent(new CustomEvent("jpt-watched", { detail: count }));
  });
})();
