// Puts a year on a line by tapping, dragging and the arrow keys, and keeps the
// field beside it the same. Without script each part of the line is a link.
export function place(placer, field) {
  const drawings = [...placer.querySelectorAll("svg")];
  const first = Number(drawings[0].dataset.first);
  const last = Number(drawings[0].dataset.last);
  const before = placer.dataset.unit.trim(); // what follows a year before Christ
  const words = (year) => (year > 0 ? String(year) : `${1 - year} ${before}`);
  const read = () => {
    const [, digits, era] = field.value.trim().match(/^(\d{1,5})(?: ?(\D+))?$/) ?? [];
    if (!digits || (era && era.toLowerCase() !== before.toLowerCase())) return null;
    return era ? 1 - Number(digits) : Number(digits);
  };

  for (const part of placer.querySelectorAll("a")) { // the line is one control now
    part.removeAttribute("href");
    part.removeAttribute("tabindex");
  }
  placer.tabIndex = 0;
  placer.setAttribute("role", "slider");
  placer.setAttribute("aria-label", placer.dataset.place);
  placer.setAttribute("aria-valuemin", first);
  placer.setAttribute("aria-valuemax", last);

  const draw = () => {
    const year = read();
    const shown = year !== null && year >= first && year <= last;
    for (const svg of drawings) {
      const put = svg.querySelector(".put");
      put.classList.toggle("none", !shown);
      if (!shown) continue;
      const width = svg.viewBox.baseVal.width;
      const margin = Number(svg.dataset.margin);
      const x = margin + ((year - first) / (last - first)) * (width - 2 * margin);
      put.setAttribute("transform", `translate(${x})`);
      const text = put.querySelector("text");
      text.textContent = words(year);
      text.setAttribute("text-anchor", x < width / 3 ? "start" : x > (2 * width) / 3 ? "end" : "middle");
    }
    placer.setAttribute("aria-valuenow", shown ? year : Math.round((first + last) / 2));
    placer.setAttribute("aria-valuetext", shown ? words(year) : "–");
  };
  const put = (year) => {
    field.value = words(Math.min(last, Math.max(first, Math.round(year))));
    draw();
  };
  const at = (event) => {
    const svg = drawings.find((one) => one.getBoundingClientRect().width > 0);
    const box = svg.getBoundingClientRect();
    const margin = (Number(svg.dataset.margin) / svg.viewBox.baseVal.width) * box.width;
    return first + ((event.clientX - box.left - margin) / (box.width - 2 * margin)) * (last - first);
  };
  const step = (by) => put((read() ?? Math.round((first + last) / 2)) + by);

  // A finger that moves up or down scrolls the page; one that moves along the
  // line, or taps, puts the year.
  placer.addEventListener("click", (event) => {
    event.preventDefault();
    if (event.detail > 0) put(at(event));
  });
  placer.addEventListener("dragstart", (event) => event.preventDefault());
  placer.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    placer.focus({ preventScroll: true });
    placer.setPointerCapture(event.pointerId);
    if (event.pointerType === "mouse") put(at(event));
  });
  placer.addEventListener("pointermove", (event) => { if (event.buttons & 1) put(at(event)); });
  placer.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (by) step(by);
    else if (event.key === "Home") put(first);
    else if (event.key === "End") put(last);
    else return;
    event.preventDefault();
  });
  for (const button of placer.closest("form").querySelectorAll("[data-step]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      step(Number(button.dataset.step));
    });
  }
  field.addEventListener("input", draw);
  draw();
}
