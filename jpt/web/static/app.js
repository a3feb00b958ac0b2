// Keys, marks without leaving the list, and what runs now. Every screen works without this file, but for the keys.
"use strict";

const STAGE_OF_KEY = { h: "hidden", i: "interested", a: "applied" };

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

function at(row) {
  for (const other of document.querySelectorAll(".job.at")) other.classList.remove("at");
  if (!row) return;
  row.classList.add("at");
  row.querySelector("a.title").focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const place = all.findIndex((row) => row.classList.contains("at"));
  at(all[place < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(place + by, 0), all.length - 1)]);
}

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
  const targets = chosen.length ? chosen : current() ? [current()] : [];
  if (!targets.length) return;
  try {
    const said = await post("/marks", [["stage", stage], ...targets.map((row) => ["job", row.dataset.id])]);
    say(said.said);
    const stays = stage === "interested" || targets[0].matches("article");
    const all = rows();
    const next = all.slice(all.indexOf(targets[targets.length - 1]) + 1).find((row) => !targets.includes(row));
    if (stays) {
      for (const row of targets) row.querySelectorAll("input[type=checkbox]").forEach((box) => (box.checked = false));
    } else {
      const before = all.slice(0, all.indexOf(targets[0])).pop();
      for (const row of targets) row.remove();
      at(next || before);
      return;
    }
    if (next) at(next);
  } catch (fault) {
    say(fault.message);
  }
}

async function undo() {
  try {
    await post("/marks/undo", []);
    location.reload();
  } catch (fault) {
    say(fault.message);
  }
}

function typing(target) {
  return target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && typing(event.target)) {
    // Else the browser empties a search field, and the list with it.
    event.preventDefault();
    return event.target.blur();
  }
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const row = current();
  if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else if (event.key === "Enter" && row && !event.target.matches("a, button, summary, input")) {
    row.querySelector("a.title")?.click();
  } else if (event.key === "o" && row) window.open(row.dataset.url, "_blank", "noopener,noreferrer");
  else if (event.key === "x" && row) {
    const box = row.querySelector("input[type=checkbox]");
    if (box) box.checked = !box.checked;
  } else if (event.key === "u") undo();
  else if (event.key === "/") document.getElementById("q")?.focus();
  else if (event.key === "?") document.getElementById("keys").showModal();
  else if (STAGE_OF_KEY[event.key]) mark(STAGE_OF_KEY[event.key]);
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
