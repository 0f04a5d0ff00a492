// A form that is on its way is not sent twice by an impatient second tap.
(() => {
  "use strict";
  const WAIT = 8000;
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented || form.matches("[hx-post], [data-often]")) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const buttons = form.querySelectorAll("button:not([type=button])");
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    const again = () => {
      delete form.dataset.sent;
      for (const button of buttons) button.removeAttribute("aria-disabled");
    };
    // A download leaves the page where it is; a page from the browser's memory comes back as it was.
    setTimeout(again, WAIT);
    addEventListener("pageshow", again, { once: true });
  });
})();
