/*
 * Runs in the page's own world: a window that it wants to open is told of, not opened.
 */
window.open = (url) => {
  document.dispatchEvent(new CustomEvent("jpt-open", { detail: String(url) }));
  return null;
};
