// Draws trust over time in place of the SVG that the page came with: the belief, its interval, and a mark for
// each event, filled for what raised trust and a hollow triangle for what hurt it. Data come in `data-curve`
// or from the address in `data-src`; without either, or without this script, the SVG stays.
(() => {
  "use strict";
  const DAY = 86400;
  const night = matchMedia("(prefers-color-scheme: dark)");

  const colours = (box) => {
    const style = getComputedStyle(box);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    return Object.fromEntries(
      ["accent", "band", "good", "bad", "muted", "hair", "sheet", "ink"].map((n) => [n, named(n)]),
    );
  };

  const dates = (box) => {
    const lang = box.dataset.lang === "zh" ? "zh-CN" : "en-GB";
    const format = (how) => {
      const made = new Intl.DateTimeFormat(lang, { ...how, timeZone: box.dataset.zone || "UTC" });
      return (seconds) => made.format(new Date(seconds * 1000));
    };
    return {
      hour: format({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
      day: format({ day: "numeric", month: "short" }),
      month: format({ month: "short", year: "numeric" }),
      full: format({ day: "numeric", month: "long", year: "numeric" }),
    };
  };

  const percent = (share) => `${Math.round(share * 100)}%`;

  // Marks beside each other keep their own time; their radius grows with the root of their weight.
  const radius = (mark) => (mark.weight ? 3.5 + 4.5 * Math.sqrt(Math.min(1, Math.abs(mark.weight))) : 2.5);

  const drawMark = (context, mark, x, y, paint, scale, chosen) => {
    const r = radius(mark) * scale;
    context.beginPath();
    if (mark.weight < 0) {
      context.moveTo(x - r, y - 0.75 * r);
      context.lineTo(x + r, y - 0.75 * r);
      context.lineTo(x, y + r);
      context.closePath();
    } else {
      context.arc(x, y, r, 0, 2 * Math.PI);
    }
    context.fillStyle = mark.weight > 0 ? paint.good : mark.weight < 0 ? paint.sheet : paint.muted;
    context.strokeStyle = chosen ? paint.ink : mark.weight < 0 ? paint.bad : paint.sheet;
    context.lineWidth = (chosen ? 3 : mark.weight < 0 ? 2 : 1) * scale;
    context.fill();
    context.stroke();
  };

  class TrustChart {
    constructor(box, curve) {
      this.box = box;
      this.curve = curve;
      this.chosen = -1;
      this.dates = dates(box);
      this.place = document.createElement("div");
      this.hint = document.createElement("div");
      this.hint.className = "hint";
      this.hint.hidden = true;
      this.spoken = document.createElement("p");
      this.spoken.className = "unseen";
      this.spoken.setAttribute("aria-live", "polite");
      box.replaceChildren(this.place, this.hint, this.spoken);
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      this.draw();
      new ResizeObserver(() => this.resize()).observe(box);
      night.addEventListener("change", () => this.draw());
      box.addEventListener("keydown", (event) => this.key(event));
      box.addEventListener("blur", () => this.choose(-1));
      this.place.addEventListener("click", () => this.follow());
    }

    get size() {
      const width = Math.max(240, this.box.clientWidth);
      return { width, height: width < 560 ? 240 : 320 };
    }

    resize() {
      if (this.plot && this.plot.width !== this.size.width) this.plot.setSize(this.size);
    }

    draw() {
      this.plot?.destroy();
      this.paint = colours(this.box);
      const { points } = this.curve;
      const columns = [0, 1, 2, 3].map((at) => points.map((point) => point[at]));
      this.plot = new uPlot(this.options(), columns, this.place);
    }

    options() {
      const { paint, curve } = this;
      const grid = { stroke: paint.hair, width: 1 };
      const font = `12px ${getComputedStyle(this.box).fontFamily}`;
      const axis = { stroke: paint.muted, font, grid, ticks: { show: false } };
      const span = curve.points.at(-1)[0] - curve.points[0][0];
      const label = span < 4 * DAY ? this.dates.hour : span < 100 * DAY ? this.dates.day : this.dates.month;
      return {
        ...this.size,
        padding: [10, 12, 0, 0],
        legend: { show: false },
        scales: { x: { time: true }, y: { range: [curve.floor || 0, 1] } },
        axes: [
          { ...axis, grid: { show: false }, size: 28, space: this.size.width < 560 ? 70 : 96, values: (_, splits) => this.labels(splits, label) },
          { ...axis, size: 46, space: 44, values: (_, splits) => splits.map(percent) },
        ],
        series: [
          {},
          { stroke: paint.accent, width: 2, points: { show: false } },
          { stroke: "transparent", width: 0, points: { show: false } },
          { stroke: "transparent", width: 0, points: { show: false } },
        ],
        bands: [{ series: [3, 2], fill: paint.band }],
        cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
        hooks: { draw: [(plot) => this.marks(plot)], setCursor: [(plot) => this.look(plot)] },
      };
    }

    // A month is named once, however many lines fall into it.
    labels(splits, label) {
      let before = "";
      return splits.map((seconds) => {
        const said = label(seconds);
        if (said === before) return "";
        before = said;
        return said;
      });
    }

    at(plot, mark, onCanvas) {
      return [plot.valToPos(mark.t, "x", onCanvas), plot.valToPos(mark.height, "y", onCanvas)];
    }

    marks(plot) {
      const { ctx, bbox } = plot;
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left - 12, bbox.top - 12, bbox.width + 24, bbox.height + 24);
      ctx.clip();
      this.curve.marks.forEach((mark, at) => {
        const [x, y] = this.at(plot, mark, true);
        if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) return;
        drawMark(ctx, mark, x, y, this.paint, devicePixelRatio, at === this.chosen);
      });
      ctx.restore();
    }

    look(plot) {
      const { left, top, idx } = plot.cursor;
      if (left === undefined || left < 0 || idx === null || idx === undefined) {
        if (document.activeElement !== this.box) this.choose(-1);
        return;
      }
      let nearest = -1;
      let least = 22 * 22;
      this.curve.marks.forEach((mark, at) => {
        const [x, y] = this.at(plot, mark, false);
        const far = (x - left) ** 2 + (y - top) ** 2;
        if (far < least) [nearest, least] = [at, far];
      });
      if (nearest >= 0) {
        this.choose(nearest);
        return;
      }
      this.choose(-1);
      this.show(left, top, this.dates.full(plot.data[0][idx]), this.belief(idx));
    }

    belief(idx) {
      const [, p, low, high] = this.curve.points[idx];
      return `${percent(p)} (${percent(low)}–${percent(high)})`;
    }

    choose(at) {
      if (at !== this.chosen) {
        this.chosen = at;
        this.plot.redraw(false);
        this.place.classList.toggle("leads", at >= 0 && Boolean(this.curve.marks[at].href));
      }
      if (at < 0) {
        this.hint.hidden = true;
        return;
      }
      const mark = this.curve.marks[at];
      const [x, y] = this.at(this.plot, mark, false);
      this.show(x, y, mark.title, this.dates.full(mark.t));
    }

    show(x, y, ...lines) {
      this.hint.replaceChildren(
        ...lines.map((line, at) => {
          const part = document.createElement(at ? "span" : "b");
          part.textContent = line;
          return part;
        }),
      );
      this.hint.hidden = false;
      const over = this.plot.over;
      const left = over.offsetLeft + x;
      const wide = this.hint.offsetWidth;
      const most = this.box.clientWidth - wide;
      this.hint.style.left = `${Math.max(0, Math.min(most, left + 14 + wide > this.box.clientWidth ? left - wide - 14 : left + 14))}px`;
      this.hint.style.top = `${Math.max(0, over.offsetTop + y - this.hint.offsetHeight - 14)}px`;
    }

    key(event) {
      const count = this.curve.marks.length;
      if (!count) return;
      const last = count - 1;
      const step = {
        ArrowRight: Math.min(last, this.chosen + 1),
        ArrowLeft: this.chosen < 0 ? last : Math.max(0, this.chosen - 1),
        Home: 0,
        End: last,
        Escape: -1,
      }[event.key];
      if (event.key === "Enter") this.follow();
      if (step === undefined) return;
      event.preventDefault();
      this.choose(step);
      const mark = this.curve.marks[step];
      this.spoken.textContent = mark ? `${this.dates.full(mark.t)}: ${mark.title}` : "";
    }

    follow() {
      const address = this.curve.marks[this.chosen]?.href;
      if (address) location.assign(address);
    }
  }

  const start = async (box) => {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "1";
    let curve;
    if (box.dataset.curve) {
      curve = JSON.parse(box.dataset.curve);
    } else {
      const answer = await fetch(box.dataset.src, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      curve = await answer.json();
    }
    if (curve.points.length > 1) new TrustChart(box, curve);
  };
  const startAll = (root) => {
    root.querySelectorAll(".trust-chart[data-curve], .trust-chart[data-src]").forEach((box) => {
      start(box).catch(() => {}); // the SVG is still there
    });
  };
  startAll(document);
  document.addEventListener("htmx:afterSwap", (event) => startAll(event.target));
})();
