/*
 * What one post teaches about others of its shape, and the end of a wait that was learned (lesson.py). Everything here
 * lasts as long as the document.
 */
const NOTED = { started: false, changed: 0, sampling: false, waiting: false, text: "", times: [], pressed: -Infinity };
const SAMPLE_MS = 25;
const UPON_PRESS_MS = 150;

/* The words on show, shadow trees included. */
function wordsHere() {
  try {
    const inner = rootsHere().slice(1).map((root) => (root.body || root).textContent || "");
    return [document.body ? document.body.innerText : "", ...inner].join("\n");
  } catch {
    return "";
  }
}

function sampleWords() {
  NOTED.waiting = false;
  const at = NOTED.changed;
  const words = wordsHere();
  if (words !== NOTED.text) {
    NOTED.text = words;
    // What goes with a question about cookies that was answered is no text that has come.
    if (at < NOTED.pressed || at - NOTED.pressed > UPON_PRESS_MS) NOTED.times.push(at);
  }
}

/* Note from now on when nodes change; with `sampling` when the words on show do. */
function noteChanges(sampling) {
  if (NOTED.started) return true;
  NOTED.started = true;
  NOTED.sampling = sampling;
  NOTED.changed = performance.now();
  new MutationObserver(() => {
    NOTED.changed = performance.now();
    if (!NOTED.sampling || NOTED.waiting) return;
    NOTED.waiting = true;
    setTimeout(sampleWords, SAMPLE_MS);
  }).observe(document, { childList: true, subtree: true, characterData: true });
  if (sampling) sampleWords();
  return true;
}

/* Answer a question about cookies: what came before that is noted first. */
function pressedConsent() {
  if (NOTED.waiting) sampleWords();
  const now = performance.now();
  if (!giveConsent()) return false;
  NOTED.pressed = now;
  return true;
}

const dataHere = () => performance.getEntriesByType("resource")
  .filter((one) => one.initiatorType === "fetch" || one.initiatorType === "xmlhttprequest");

/* Headings, and what is set like one. */
function labelsHere() {
  const found = new Set();
  for (const element of everywhere("h1,h2,h3,h4,h5,h6,dt,strong,b,legend,summary,[role=heading]")) {
    const words = squashed((element.textContent || "").slice(0, 200));
    if (words.length >= 3 && words.length <= 80) found.add(words);
    if (found.size >= 300) break;
  }
  return [...found];
}

/* Where most of the text stands: from the body inwards, as long as one element holds most of it. */
function placeHere() {
  const parts = [];
  for (let at = document.body; at && parts.length < 30;) {
    const most = (at.textContent || "").length * 0.6;
    const next = [...at.children].find((each) => !/^(?:SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(each.tagName) && (each.textContent || "").length > most);
    if (!next) break;
    const name = attributeOf(next, "class").trim().split(/\s+/)[0].replace(/\d+/g, "0").replace(/>/g, "");
    parts.push(`${next.tagName.toLowerCase()}${name ? `.${name.slice(0, 60)}` : ""}`);
    at = next;
  }
  return parts.join(">");
}

/* What was noted, at the end of a full wait. */
function notedChanges() {
  if (NOTED.sampling) sampleWords();
  return {
    times: NOTED.times.slice(-500),
    answers: dataHere().slice(-300).map((one) => [one.name, one.responseEnd]),
    labels: labelsHere(),
    place: placeHere(),
  };
}

const sheetsLoaded = () => [...allIn(document, 'link[rel~="stylesheet" i]')].every((link) => link.sheet || link.disabled);

/*
 * Wait until the answers from `urls` have come, the page has changed upon the last of them and rests for `quietMs`, and it is
 * like those before: then it is read. Gives null where that does not come within `limitMs`, or it is unlike them.
 */
async function learnedEnd({ urls, quietMs, limitMs, labels, place, caps }) {
  noteChanges(false);
  const begun = performance.now();
  let judged = -1;
  let like = false;
  let consents = 0;
  let rested = 0; // from when on the page could have worked
  const isLike = () => {
    const here = new Set(labelsHere());
    return labels.every((label) => here.has(label)) && placeHere().startsWith(place);
  };
  while (performance.now() - begun < limitMs) {
    const data = dataHere();
    // One address may be asked several times.
    const came = urls.map((url, at) => data.filter((one) => one.name === url && one.responseEnd > 0)[urls.slice(0, at).filter((each) => each === url).length]);
    const last = Math.max(0, ...came.map((one) => (one ? one.responseEnd : Infinity)));
    if (document.readyState === "loading" || NOTED.changed < last || !sheetsLoaded()) {
      await pauseMs(10);
      continue;
    }
    // What takes its time is done while the page rests anyway.
    if (judged !== NOTED.changed) {
      if (consents < 3 && pressedConsent()) {
        consents += 1;
        await pauseMs(40);
        continue;
      }
      judged = NOTED.changed;
      like = !came.some((one) => one.responseStatus >= 400) && !asksInFrame() && isLike();
      await pauseMs(0);
    }
    const left = quietMs - (performance.now() - Math.max(NOTED.changed, last, rested));
    const from = performance.now();
    if (left > 0) await pauseMs(Math.min(left + 1, quietMs));
    // As in settle.js: time in which the page's thread could not work is no rest.
    if (performance.now() - from - Math.max(0, left) > LATE_MS) rested = performance.now();
    if (judged !== NOTED.changed || performance.now() - Math.max(NOTED.changed, rested) < quietMs) continue;
    if (!like || isBusy()) return null;
    return {
      why: "learned",
      signature: fingerprint(rootsHere()),
      href: location.href,
      page: readPage(caps),
    };
  }
  return null;
}
