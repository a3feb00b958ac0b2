/* Never stops talking to its server: a short poll that changes the page, and a long one as a socket would be. */
(() => {
  const { base } = document.currentScript.dataset;
  const clock = document.body.appendChild(document.createElement("p"));
  let beats = 0;
  setInterval(async () => {
    await fetch(`${base}/api/beat`, { cache: "no-store" }).catch(() => null);
    beats += 1;
    clock.textContent = `${beats} people are looking at this page`;
  }, 100);
  const listen = () => fetch(`${base}/api/events`, { cache: "no-store" }).then(listen, () => setTimeout(listen, 1000));
  listen();
})();
