/* <linli-known for="field">: where an answer comes from, shown only while the field holds what it came with.
   Without this file the server says the same when the page is drawn again. */
(function () {
  "use strict";

  class Known extends HTMLElement {
    connectedCallback() {
      const field = document.getElementById(this.getAttribute("for"));
      if (!field || !("defaultValue" in field)) return;
      this.first = field.defaultValue;
      const look = () => { this.hidden = field.value.trim() !== this.first.trim(); };
      field.addEventListener("input", look);
      window.addEventListener("pageshow", look);
      look();
    }
  }

  if (!customElements.get("linli-known")) customElements.define("linli-known", Known);
})();
