/*
 * What the other scripts share: everything that stands on the page, open shadow trees and frames of
 * the same origin included, and how it is shown, named and pressed.
 */
const allIn = (root, selector) =>
  (root.nodeType === 9 ? Document : root.nodeType === 11 ? DocumentFragment : Element).prototype.querySelectorAll.call(root, selector);
const attributeOf = (element, name) => Element.prototype.getAttribute.call(element, name) || "";
const squashed = (text) => (text || "").replace(/\s+/g, " ").trim();

/* Documents and shadow trees, outermost first. */
function rootsHere() {
  const found = [];
  const visit = (root, depth) => {
    found.push(root);
    if (depth > 12) return;
    for (const element of allIn(root, "*")) {
      const shadow = element.shadowRoot;
      if (shadow && shadow.nodeType === 11) visit(shadow, depth + 1);
      if (element.tagName !== "IFRAME" && element.tagName !== "FRAME") continue;
      const inner = element.contentDocument; // null where it is of another origin
      if (inner && inner.body) visit(inner, depth + 1);
    }
  };
  visit(document, 0);
  return found;
}

function everywhere(selector, roots) {
  const found = [];
  for (const root of roots || rootsHere()) found.push(...allIn(root, selector));
  return found;
}

/* The element around this one: out of a shadow tree, too. */
const around = (element) => element.parentElement || (element.getRootNode() && element.getRootNode().host) || null;

function isShown(element) {
  if (!element.checkVisibility || !element.checkVisibility({ visibilityProperty: true })) return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
}

/* What people read on a control, or hear of it. */
function wordsOf(element) {
  const own = squashed((element.tagName === "INPUT" ? attributeOf(element, "value") : element.textContent || "").slice(0, 400));
  return own || squashed(attributeOf(element, "aria-label") || attributeOf(element, "title"));
}

function isDisabled(element) {
  for (let at = element, step = 0; at && step < 2; at = at.parentElement, step += 1) {
    if (at.disabled === true || attributeOf(at, "aria-disabled") === "true" || attributeOf(at, "aria-busy") === "true") return true;
    if (/(?:^|[\s_-])(?:disabled|inactive|unavailable|is-disabled)(?:$|[\s_-])/i.test(attributeOf(at, "class")) &&
      (step === 0 || at.children.length === 1)) return true;
  }
  return getComputedStyle(element).pointerEvents === "none";
}

/* Press as a mouse does, whatever lies above. */
function press(element) {
  element.scrollIntoView({ block: "center", behavior: "instant" });
  const box = element.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, composed: true, view: element.ownerDocument.defaultView,
    clientX: box.left + box.width / 2, clientY: box.top + box.height / 2, button: 0 };
  for (const [make, name, buttons] of [[PointerEvent, "pointerover", 0], [MouseEvent, "mouseover", 0], [PointerEvent, "pointerdown", 1],
    [MouseEvent, "mousedown", 1], [PointerEvent, "pointerup", 0], [MouseEvent, "mouseup", 0]]) {
    element.dispatchEvent(new make(name, { ...at, buttons, pointerId: 1, isPrimary: true, pointerType: "mouse" }));
  }
  if (typeof element.click === "function") element.click();
  else element.dispatchEvent(new MouseEvent("click", at));
}

/* A number that differs when the links or the words of the page do. */
function fingerprint(roots) {
  let hash = 0;
  let links = 0;
  let text = 0;
  const add = (words) => {
    for (let at = 0; at < words.length; at += 1) hash = (Math.imul(hash, 31) + words.charCodeAt(at)) | 0;
  };
  for (const root of roots) {
    for (const link of allIn(root, "a[href]")) {
      links += 1;
      add(attributeOf(link, "href"));
    }
    const words = (root.body || root).textContent || "";
    text += words.length;
    add(words.slice(0, 100000));
  }
  return { links, text, hash };
}

const pauseMs = (ms) => new Promise((done) => setTimeout(done, ms));
