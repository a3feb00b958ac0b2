// Draws a list of openings from the site's API: as plain links, or inside a shadow root.
const app = document.getElementById("app");
const response = await fetch(`/${app.dataset.slug}/api/openings`);
const openings = await response.json();
const list = document.createElement("ul");
for (const opening of openings) {
  const item = list.appendChild(document.createElement("li"));
  const link = item.appendChild(document.createElement("a"));
  link.href = `/${app.dataset.slug}/jobs/${opening.slug}`;
  link.textContent = opening.title;
  item.append(` – ${opening.place}`);
}
const place = app.dataset.shadow ? app.attachShadow({ mode: "open" }) : app;
place.replaceChildren(list);
