// A file may be dropped anywhere on the dashed box; one that is too large is named before it is sent.
(() => {
  "use strict";
  for (const box of document.querySelectorAll("[data-drop]")) {
    const input = box.querySelector("input[type=file]");
    const error = box.querySelector("[data-drop-error]");
    const look = () => {
      const file = input.files[0];
      const large = Boolean(file) && file.size > Number(box.dataset.most);
      const said = large ? box.dataset.saidLarge : "";
      input.setCustomValidity(said);
      input.toggleAttribute("aria-invalid", false);
      if (large) input.setAttribute("aria-invalid", "true");
      error.textContent = said;
      error.hidden = !large;
    };
    input.addEventListener("change", look);
    box.addEventListener("dragover", (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      box.classList.add("over");
    });
    box.addEventListener("dragleave", (event) => {
      if (!box.contains(event.relatedTarget)) box.classList.remove("over");
    });
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      box.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      look();
    });
  }
})();
