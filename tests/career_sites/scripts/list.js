/*
 * Renders a site's openings, or one post, from its API, as a single-page application does.
 * The element #app says which: data-job names a post; else data-layout says how the list is shown.
 */
(() => {
  const app = document.getElementById("app");
  const { base, layout, job } = app.dataset;

  const fetched = async (path) => {
    const answer = await fetch(base + path);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };
  const href = (opening) => (layout === "hash" ? `#/job/${opening.id}` : `${base}/jobs/${opening.slug}`);
  const span = (text) => Object.assign(document.createElement("span"), { textContent: text });

  const row = (opening) => {
    const item = Object.assign(document.createElement("li"), { className: "opening" });
    const heading = document.createElement("h3");
    heading.append(Object.assign(document.createElement("a"), { href: href(opening), textContent: opening.title }));
    item.append(heading, span(opening.team), span(opening.town), span("Full-time"));
    return item;
  };
  const showList = ({ total, openings }) => {
    const list = document.createElement("ul");
    list.append(...openings.map(row));
    const count = document.createElement("p");
    count.textContent = total === 1 ? "1 open position" : `${total} open positions`;
    const root = layout === "shadow" ? app.shadowRoot || app.attachShadow({ mode: "open" }) : app;
    root.replaceChildren(count, list);
  };
  const showPost = ({ title, html }) => {
    document.title = title;
    app.closest("main").innerHTML = html;
  };
  const route = async () => {
    const wanted = job || (location.hash.match(/^#\/job\/(.+)$/) || [])[1];
    try {
      if (wanted) showPost(await fetched(`/api/jobs/${wanted}`));
      else showList(await fetched("/api/jobs"));
    } catch {
      app.textContent = "Something went wrong. Please try again later.";
    }
  };

  if (layout === "hash") addEventListener("hashchange", () => location.reload());
  route();
})();
