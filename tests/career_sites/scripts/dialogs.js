/* Opens every dialog and popup that a page can open by itself, some of them again and again. */
(() => {
  const { base } = document.currentScript.dataset;
  addEventListener("beforeunload", (event) => event.preventDefault());
  alert("Welcome! We use cookies.");
  confirm("May we send you notifications?");
  prompt("Your e-mail address?");
  open(`${base}/talent-pool`);
  open("about:blank");
  setInterval(() => alert("Still there?"), 300);
})();
