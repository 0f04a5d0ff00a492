// Small comforts on every page; without them everything still works.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  const toasts = document.getElementById("toasts");
  const said = document.body.dataset;

  // Messages: kind ones leave by themselves, warnings and errors stay until they are closed.
  const letGo = (toast) => {
    if (toast.dataset.seen) return;
    toast.dataset.seen = "1";
    if (toast.matches(".error, .warning")) return;
    setTimeout(function leave() {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 3000);
      else toast.remove();
    }, 10000);
  };
  const tell = (text, kind) => {
    const toast = document.createElement("div");
    toast.className = `toast ${kind}`;
    toast.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.dataset.close = "";
    close.textContent = "×";
    close.setAttribute("aria-label", said.saidClose);
    toast.append(words, close);
    toasts.append(toast);
  };
  toasts.querySelectorAll(".toast").forEach(letGo);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.(".toast")) letGo(node);
    }
  }).observe(toasts, { childList: true });

  // Menus close when one clicks elsewhere or presses Escape; only one is open at a time.
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest(".toast")?.remove();
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });

  // A dialog opens by a button that names it, and closes by a button inside it.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
    else if (event.target.closest("[data-dialog-close]")) event.target.closest("dialog")?.close();
  });

  // Filters answer at once: a form with data-live is sent when a choice in it changes.
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-live]");
    if (form && event.target.matches("select, input[type=checkbox], input[type=radio]")) {
      form.requestSubmit();
    }
  });

  // A request that failed says so; one that was led to the log-in page takes the whole page there.
  document.addEventListener("htmx:responseError", () => tell(said.saidFailed, "error"));
  document.addEventListener("htmx:sendError", () => tell(said.saidOffline, "error"));
  document.addEventListener("htmx:timeout", () => tell(said.saidOffline, "error"));
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL;
    if (address && new URL(address).pathname === "/login/") {
      event.detail.shouldSwap = false;
      location.reload();
    }
  });
})();
