/* <linli-photo>: shows what was photographed and sends it smaller (2,000 px at most), which also leaves the
   place and device noted inside the picture behind. The server does the same again; this saves traffic. */
(function () {
  "use strict";
  const LONGEST = 2000;

  function drawn(image, longest) {
    const part = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * part));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * part));
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  function opened(file) {
    return new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onerror = fail;
      reader.onload = () => {
        const image = new Image();
        image.onload = () => done(image);
        image.onerror = fail;
        image.src = reader.result;
      };
      reader.readAsDataURL(file);
    });
  }

  async function smaller(file, strip) {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
    try {
      const image = await opened(file);
      const small = drawn(image, 192);
      small.setAttribute("role", "img");
      small.setAttribute("aria-label", file.name);
      strip.append(small);
      const blob = await new Promise((done) => drawn(image, LONGEST).toBlob(done, "image/jpeg", 0.85));
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch (unreadable) {
      return file;
    }
  }

  class Photo extends HTMLElement {
    connectedCallback() {
      this.input = this.querySelector("input[type=file]");
      if (!this.input) return;
      this.strip = document.createElement("div");
      this.strip.className = "photos";
      this.strip.setAttribute("aria-live", "polite");
      this.append(this.strip);
      this.input.addEventListener("change", () => this.take());
    }
    async take() {
      this.strip.replaceChildren();
      const files = Array.from(this.input.files);
      const ready = await Promise.all(files.map((file) => smaller(file, this.strip)));
      try {
        const basket = new DataTransfer();
        ready.forEach((file) => basket.items.add(file));
        this.input.files = basket.files;
      } catch (old) { /* an old browser sends the large picture */ }
      if (files.length) {
        const note = document.createElement("p");
        note.className = "hint";
        const bytes = ready.reduce((sum, file) => sum + file.size, 0);
        note.textContent = (this.dataset.note || "") + " " + ready.length + " · " + Math.max(1, Math.round(bytes / 1024)) + " kB";
        this.strip.append(note);
      }
    }
  }
  customElements.define("linli-photo", Photo);
})();
