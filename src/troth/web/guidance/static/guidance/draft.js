// Puts a better wording into the box, takes text from a bookmark, and makes the bookmarks.
(() => {
  "use strict";
  const box = () => document.getElementById("draft-text");
  const typed = (area) => area.dispatchEvent(new Event("input", { bubbles: true }));

  // Places count characters as people do, not the halves of which JavaScript makes emoji.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-use]");
    const area = box();
    if (!button || !area) return;
    const reviewed = button.closest("[data-reviewed]").dataset.reviewed;
    // What was typed since is not in the review: the server then looks at it anew.
    if (reviewed !== area.value) return;
    event.preventDefault();
    const letters = Array.from(area.value);
    const start = Number(button.dataset.start);
    const better = button.dataset.rewrite;
    area.value = letters.slice(0, start).join("") + better + letters.slice(Number(button.dataset.end)).join("");
    const caret = letters.slice(0, start).join("").length + better.length;
    area.focus();
    area.setSelectionRange(caret, caret);
    typed(area);
  });

  // The text stands behind the #, which browsers never send; it is taken out of the address at once.
  const handed = new URLSearchParams(location.hash.slice(1));
  for (const name of ["asked", "text"]) {
    const area = document.getElementById(`draft-${name}`);
    if (area && handed.has(name)) {
      area.value = handed.get(name).slice(0, 4000);
      typed(area);
    }
  }
  if (handed.has("asked") || handed.has("text")) {
    history.replaceState(null, "", location.pathname);
    // htmx may start after this script; it then has not heard the typing.
    addEventListener("load", () => { if (box()) typed(box()); });
  }

  for (const link of document.querySelectorAll("[data-bookmarklet]")) {
    const to = JSON.stringify(`${location.origin}${location.pathname}#${link.dataset.bookmarklet}=`);
    const code = `(()=>{const a=document.activeElement;let s=String(getSelection());`
      + `if(!s&&a&&typeof a.value==="string"&&a.type!=="password")`
      + `s=a.value.slice(a.selectionStart||0,a.selectionEnd||0)||a.value;`
      + `window.open(${to}+encodeURIComponent(s.slice(0,4000)),"_blank","width=460,height=780,noopener")})()`;
    link.href = `javascript:${encodeURIComponent(code)}`;
    // Clicked here it would run here, which the page's own policy forbids; it is made to be dragged.
    link.addEventListener("click", (event) => event.preventDefault());
  }
})();
