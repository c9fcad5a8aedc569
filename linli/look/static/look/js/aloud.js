/* <linli-read-aloud for="id">: reads an element aloud by the browser's own voice; shows only where it can.
   Sentence by sentence, because long texts are cut off by several browsers. */
(function () {
  "use strict";
  const voice = window.speechSynthesis;
  if (!voice || !window.SpeechSynthesisUtterance) return;

  /* What is read is what is seen, without buttons, drawings and this button itself. */
  function words(root) {
    const parts = [];
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
      acceptNode(node) {
        const box = node.parentElement;
        return box.closest("button,svg,script,.unseen,[hidden],[aria-hidden=true],linli-read-aloud")
          ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
      },
    });
    while (walk.nextNode()) parts.push(walk.currentNode.textContent.trim());
    const whole = parts.filter(Boolean).join("，");
    return whole.match(/[^。！？；!?]+[。！？；!?]?/g) || [];
  }

  class ReadAloud extends HTMLElement {
    connectedCallback() {
      this.button = this.querySelector("button");
      this.target = document.getElementById(this.getAttribute("for"));
      if (!this.button || !this.target) return;
      this.hidden = false;
      this.button.addEventListener("click", () => (this.on ? this.stop() : this.start()));
      window.addEventListener("pagehide", () => voice.cancel());
    }
    disconnectedCallback() { if (this.on) voice.cancel(); }
    show(on) {
      this.on = on;
      this.button.setAttribute("aria-pressed", String(on));
      const label = this.button.querySelector("[data-on]");
      label.textContent = on ? label.dataset.on : label.dataset.off;
    }
    start() {
      voice.cancel();
      const lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
      const lines = words(this.target);
      if (!lines.length) return;
      lines.forEach((line, place) => {
        const said = new SpeechSynthesisUtterance(line);
        said.lang = lang;
        said.rate = 0.9;
        if (place === lines.length - 1) said.onend = () => this.show(false);
        said.onerror = () => this.show(false);
        voice.speak(said);
      });
      this.show(true);
    }
    stop() { voice.cancel(); this.show(false); }
  }
  customElements.define("linli-read-aloud", ReadAloud);
})();
