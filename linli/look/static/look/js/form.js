/* Forms: no double sending, a draft for this tab only, the error summary gets the focus.
   Pages work without this file; it only saves trouble. */
(function () {
  "use strict";

  /* <linli-once>: a second press while the first is on its way does nothing. */
  class Once extends HTMLElement {
    connectedCallback() {
      this.addEventListener("submit", (event) => {
        if (event.defaultPrevented) return;
        if (this.sent) { event.preventDefault(); return; }
        this.sent = true;
        this.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
      });
      /* Coming back by the browser's own button shows a fresh form. */
      window.addEventListener("pageshow", () => {
        this.sent = false;
        this.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
      });
    }
  }

  /* <linli-draft key="…">: keeps what is typed until it is sent, in this tab only, since phones are shared.
     Never keeps passwords, files, hidden fields, or fields marked data-private. */
  const kept = (field) =>
    field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !("private" in field.dataset);

  class Draft extends HTMLElement {
    connectedCallback() {
      this.form = this.querySelector("form");
      if (!this.form) return;
      this.key = "linli-draft:" + (this.getAttribute("key") || location.pathname);
      if (!this.querySelector(".errors")) this.restore();
      this.form.addEventListener("input", () => this.keep());
      this.form.addEventListener("submit", () => { clearTimeout(this.wait); this.drop(); });
    }
    get fields() { return Array.from(this.form.elements).filter(kept); }
    keep() {
      clearTimeout(this.wait);
      this.wait = setTimeout(() => {
        const values = {};
        this.fields.forEach((field, place) => {
          const tick = field.type === "checkbox" || field.type === "radio";
          values[place + ":" + field.name] = tick ? field.checked : field.value;
        });
        try { sessionStorage.setItem(this.key, JSON.stringify(values)); } catch (full) { /* no room: no draft */ }
      }, 300);
    }
    restore() {
      let values = null;
      try { values = JSON.parse(sessionStorage.getItem(this.key) || "null"); } catch (broken) { this.drop(); }
      if (!values) return;
      this.fields.forEach((field, place) => {
        const value = values[place + ":" + field.name];
        if (typeof value === "boolean") field.checked = value;
        else if (typeof value === "string" && !field.value) field.value = value;
      });
    }
    drop() { try { sessionStorage.removeItem(this.key); } catch (none) { /* nothing kept */ } }
  }

  /* <linli-print>: its words become a button where printing by script is possible. */
  class Print extends HTMLElement {
    connectedCallback() {
      const label = this.getAttribute("label");
      if (!label || !window.print) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn main";
      button.textContent = label;
      button.addEventListener("click", () => window.print());
      this.replaceChildren(button);
    }
  }

  customElements.define("linli-once", Once);
  customElements.define("linli-draft", Draft);
  customElements.define("linli-print", Print);

  const summary = document.getElementById("errors");
  if (summary) summary.focus();
  /* Signing out on a shared phone leaves no draft behind. */
  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute && event.target.hasAttribute("data-leave")) {
      try { sessionStorage.clear(); } catch (none) { /* nothing kept */ }
    }
  });
})();
