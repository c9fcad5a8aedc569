/* <linli-keys>: J and K move along the rows of the table inside, Enter opens (the row's own link has the focus),
   "/" goes to the search box. Off while typing, with a modifier, or when the reader turned single keys off. */
(function () {
  "use strict";
  const off = () => document.documentElement.dataset.keys === "off";
  const typing = (event) =>
    event.isComposing || event.ctrlKey || event.altKey || event.metaKey ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable;

  class Keys extends HTMLElement {
    connectedCallback() {
      this.heard = (event) => {
        if (off() || typing(event)) return;
        const key = event.key.toLowerCase();
        if (key === "j" || key === "k") { event.preventDefault(); this.move(key === "j" ? 1 : -1); }
      };
      document.addEventListener("keydown", this.heard);
    }
    disconnectedCallback() { document.removeEventListener("keydown", this.heard); }
    move(by) {
      const links = Array.from(this.querySelectorAll("tbody tr")).map((row) => row.querySelector("a[href]")).filter(Boolean);
      if (!links.length) return;
      const row = document.activeElement && document.activeElement.closest("tr");
      const at = links.findIndex((link) => link.closest("tr") === row);
      const next = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by))];
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  }
  customElements.define("linli-keys", Keys);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || off() || typing(event)) return;
    const box = document.querySelector("input[type=search]");
    if (box) { event.preventDefault(); box.focus(); box.select(); }
  });
})();
