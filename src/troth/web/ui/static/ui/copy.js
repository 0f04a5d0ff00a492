// <button data-copy="#id" data-copied="Copied">Copy</button> puts the words of #id on the clipboard.
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const from = document.querySelector(button.dataset.copy);
    if (!from) return;
    const text = "value" in from ? from.value : from.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without HTTPS there is no clipboard: mark the words so that one key copies them.
      const range = document.createRange();
      range.selectNodeContents(from);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand("copy")) return;
    }
    const place = button.querySelector("span") ?? button;
    const before = place.textContent;
    place.textContent = button.dataset.copied;
    button.setAttribute("aria-live", "polite");
    setTimeout(() => { place.textContent = before; }, 2000);
  });
})();
