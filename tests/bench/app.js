// Fetches the post that the page stands for, and shows it.
(async () => {
  const app = document.getElementById("app");
  const answer = await fetch(`${app.dataset.base}/api/jobs/${app.dataset.job}`);
  const { title, html } = await answer.json();
  document.title = title;
  app.innerHTML = html;
})();
