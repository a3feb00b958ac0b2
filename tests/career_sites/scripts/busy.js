/* Keeps the page's thread for ever, once the page is there. */
addEventListener("load", () => setTimeout(() => {
  let turns = 0;
  for (;;) turns += 1;
}, 0));
