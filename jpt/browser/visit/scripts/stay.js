/*
 * Runs in a saved page's own world before its scripts: it stays where it is, as it was saved. A page that sends
 * itself elsewhere while it is read into its document would lose all that comes behind.
 */
(() => {
  if (globalThis.navigation) {
    navigation.addEventListener("navigate", (event) => {
      if (!event.destination.sameDocument && event.cancelable) event.preventDefault();
    });
  }
  // Sending a form ends the parser before anybody is asked.
  HTMLFormElement.prototype.submit = () => {};
  addEventListener("submit", (event) => event.preventDefault(), true);
  for (const name of ["back", "forward", "go"]) History.prototype[name] = () => {};
})();
