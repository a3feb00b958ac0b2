/*
 * Runs in the page's own world before its scripts: shadow trees that it closes are closed for itself alone. The world
 * that reads the page sees what its readers see.
 */
(() => {
  const closed = new WeakSet();
  const attach = Element.prototype.attachShadow;
  const { get } = Object.getOwnPropertyDescriptor(Element.prototype, "shadowRoot");
  const modeOf = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, "mode").get;
  Element.prototype.attachShadow = function attachShadow(options) {
    if (!options || options.mode !== "closed") return attach.apply(this, arguments);
    const root = attach.call(this, { ...options, mode: "open" });
    closed.add(root);
    return root;
  };
  Object.defineProperty(Element.prototype, "shadowRoot", {
    configurable: true,
    enumerable: true,
    get() {
      const root = get.call(this);
      return root && closed.has(root) ? null : root;
    },
  });
  Object.defineProperty(ShadowRoot.prototype, "mode", {
    configurable: true,
    enumerable: true,
    get() {
      return closed.has(this) ? "closed" : modeOf.call(this);
    },
  });
})();
