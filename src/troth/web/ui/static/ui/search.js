// The search box is a combobox: arrows choose among the results, Enter opens one, Escape closes.
(() => {
  "use strict";
  const form = document.querySelector("[data-search]");
  if (!form) return;
  const box = form.querySelector("[role=combobox]");
  const list = form.querySelector(".results");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let chosen = -1;

  const choose = (place) => {
    const found = options();
    chosen = found.length ? (place + found.length) % found.length : -1;
    found.forEach((option, at) => {
      option.id ||= `search-option-${at}`;
      option.setAttribute("aria-selected", String(at === chosen));
    });
    if (chosen < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", found[chosen].id);
    found[chosen].scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open && options().length > 0));
    if (!open) {
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
    }
  };

  list.addEventListener("htmx:afterSwap", () => {
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    show(box.value.trim() !== "");
  });
  box.addEventListener("input", () => { if (!box.value.trim()) show(false); });
  box.addEventListener("focus", () => { if (box.value.trim() && list.firstElementChild) show(true); });
  box.addEventListener("keydown", (event) => {
    // While characters are being composed (pinyin), the keys belong to the input method.
    if (event.isComposing) return;
    if (event.key === "Escape") {
      show(false);
      return;
    }
    if (list.hidden || !options().length) return;
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0) options()[chosen].click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => { if (!form.contains(event.target)) show(false); });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) show(false);
  });
  // A slash anywhere outside a field leads here.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
})();
