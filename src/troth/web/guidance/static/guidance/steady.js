"use strict";
/* Walks through the steps at their own pace; nothing is sent anywhere. */
for (const part of document.querySelectorAll("[data-steady]")) {
  const button = part.querySelector("[data-start]");
  const steps = [...part.querySelectorAll("[data-seconds]")];
  const ready = part.querySelector("[data-ready]");
  let timer = 0;

  function show(now, left) {
    steps.forEach((step, i) => {
      step.classList.toggle("now", i === now);
      step.classList.toggle("over", i < now);
      if (i === now) step.querySelector("progress").value = Number(step.dataset.seconds) - left;
    });
  }

  function run(now, left) {
    if (now === steps.length) {
      show(now, 0);
      ready.textContent = ready.dataset.ready;
      button.textContent = button.dataset.again;
      return;
    }
    show(now, left);
    const next = left > 0 ? [now, left - 1] : [now + 1, Number(steps[now + 1]?.dataset.seconds)];
    timer = setTimeout(() => run(...next), left > 0 ? 1000 : 0);
  }

  button.addEventListener("click", () => {
    clearTimeout(timer);
    ready.textContent = "";
    run(0, Number(steps[0].dataset.seconds));
    steps[0].scrollIntoView({ block: "nearest" });
  });
}
