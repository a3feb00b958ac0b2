// Keys, marks without leaving the list, and what runs now. Every screen works without this file, but for the keys.
"use strict";

const rows = () => [...document.querySelectorAll(".job")];
const current = () => document.querySelector(".job.at") || document.querySelector("article[data-id]");
const say = (text) => {
  const place = document.getElementById("status");
  place.textContent = "";
  const line = document.createElement("p");
  line.className = "said";
  line.textContent = text;
  place.append(line);
};

const typing = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

// Makes *row* the current one. Whoever types meanwhile keeps the focus: letters must not become commands.
function at(row) {
  for (const other of document.querySelectorAll(".job.at")) other.classList.remove("at");
  if (!row) return;
  row.classList.add("at");
  if (typing(document.activeElement)) return;
  row.querySelector("a.title").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const place = all.findIndex((row) => row.classList.contains("at"));
  at(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1)]);
}

// What a key asks for begins when what the keys before it asked for is over: keys typed ahead act on the right row.
let turn = Promise.resolve();
const inTurn = (act) => {
  turn = turn.then(act).catch((fault) => say(fault.message));
};

async function post(path, fields) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams(fields),
  });
  const said = await answer.json().catch(() => ({ error: "jpt gave no answer that could be read." }));
  if (!answer.ok) throw new Error(said.error || "That did not work.");
  return said;
}

async function mark(stage) {
  const chosen = rows().filter((row) => row.querySelector("input[type=checkbox]").checked);
  const ids = (chosen.length ? chosen : [current()]).filter(Boolean).map((row) => row.dataset.id);
  if (!ids.length) return;
  const said = await post("/marks", [["stage", stage], ...ids.map((id) => ["job", id])]);
  say(said.said);
  // The list may be another one by now: a search may have answered in between.
  const all = rows();
  const targets = all.filter((row) => ids.includes(row.dataset.id));
  if (!targets.length) return;
  const last = all.indexOf(targets[targets.length - 1]);
  const next = all.slice(last + 1).find((row) => !targets.includes(row));
  if (stage === "interested") {
    for (const row of targets) row.querySelector("input[type=checkbox]").checked = false;
    if (next) at(next);
    return;
  }
  const before = all.slice(0, all.indexOf(targets[0])).pop();
  for (const row of targets) row.remove();
  at(next || before);
}

async function undo() {
  say((await post("/marks/undo", [])).said);
  const search = document.getElementById("q");
  if (!search) return location.reload();
  // The list comes anew by the request of the search: one element asks, so that the latest question is answered.
  const page = document.getElementById("page");
  const over = new Promise((resolve) => document.addEventListener("htmx:finally:request", resolve, { once: true }));
  if (page) page.disabled = search.value !== search.defaultValue;
  search.dispatchEvent(new Event("refresh"));
  if (page) setTimeout(() => (page.disabled = true));
  await over;
}

// A list that comes anew keeps its current row, or the one in its place.
let place = null;
document.addEventListener("htmx:before:swap", () => {
  const all = rows();
  const row = document.querySelector(".job.at");
  place = row && { id: row.id, index: all.indexOf(row) };
});
document.addEventListener("htmx:after:swap", () => {
  const all = rows();
  if (place && all.length) at(document.getElementById(place.id) || all[Math.min(place.index, all.length - 1)]);
  place = null;
});

const acts = {
  j: () => step(1),
  k: () => step(-1),
  u: undo,
  h: () => mark("hidden"),
  i: () => mark("interested"),
  a: () => mark("applied"),
  o: () => current() && window.open(current().dataset.url, "_blank", "noopener,noreferrer"),
  x: () => {
    const box = current()?.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  },
  Enter: () => current()?.querySelector("a.title")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) {
    // Else the browser empties a search field, and the list with it.
    event.preventDefault();
    return event.target.blur();
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const act = acts[event.key];
  if (event.key === "/") document.getElementById("q")?.focus();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (event.key === "Enter" && event.target.matches("a, button, summary, input")) return;
  else if (act) inTurn(act);
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest(".job");
  if (row && !row.classList.contains("at")) {
    for (const other of document.querySelectorAll(".job.at")) other.classList.remove("at");
    row.classList.add("at");
  }
});

document.getElementById("sort")?.addEventListener("change", (event) => event.target.form.submit());

const live = document.getElementById("live");
if (live) {
  const events = new EventSource(live.dataset.events);
  events.onmessage = (event) => {
    live.textContent = event.data;
  };
}
