// Puts a list in order by buttons, by keys and by dragging. Without script the
// same buttons ask the server for the list with two of its items exchanged.
export function order(list) {
  const says = list.parentElement.querySelector("[data-says]");
  let held = null; // the item that was picked up
  let before = []; // where all stood then
  let dragged = null; // the pointer that holds it

  const items = () => [...list.children];
  const say = (text) => { says.textContent = text; };
  const label = () => {
    items().forEach((item, at, all) => {
      const [up, down] = item.querySelectorAll(".moves button");
      up.disabled = at === 0;
      down.disabled = at === all.length - 1;
    });
  };
  const place = (item) => {
    label();
    say(`${item.querySelector(".event").textContent.trim()}. ${list.dataset.moved} ${items().indexOf(item) + 1} / ${items().length}`);
  };
  // The neighbour moves, not the item: what moves in the page loses focus and pointer.
  const shift = (item, by) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return false;
    if (by < 0) item.after(other);
    else item.before(other);
    return true;
  };
  const move = (item, by) => { if (shift(item, by)) place(item); };
  const drop = () => {
    held?.classList.remove("held");
    held?.querySelector(".grip").setAttribute("aria-pressed", "false");
    held = null;
  };
  const pick = (item) => {
    drop();
    before = items();
    held = item;
    item.classList.add("held");
    item.querySelector(".grip").setAttribute("aria-pressed", "true");
  };

  const toggle = (item) => {
    if (held === item) {
      drop();
      return;
    }
    pick(item);
    say(list.dataset.held);
  };

  list.addEventListener("click", (event) => {
    const button = event.target.closest(".moves button");
    if (!button) return;
    event.preventDefault();
    const item = button.closest("li");
    move(item, button.name === "up" ? -1 : 1);
    if (button.disabled) item.querySelector(".moves button:not(:disabled)").focus();
    else button.focus();
  });

  for (const grip of list.querySelectorAll("[data-grip]")) {
    grip.hidden = false;
    grip.addEventListener("keydown", (event) => {
      const item = grip.closest("li");
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.key === " ") toggle(item);
      else if (event.key === "Escape" && held) {
        dragged = null;
        drop();
        list.append(...before);
        label();
        say(list.dataset.back);
        grip.focus();
      } else if (by && held) move(held, by);
      else if (by) {
        (by < 0 ? item.previousElementSibling : item.nextElementSibling)?.querySelector(".grip").focus();
      } else if (event.key === "Enter") {
        list.closest("form").querySelector(".primary").click();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    // Screen readers press without a key or a pointer.
    grip.addEventListener("click", (event) => { if (event.detail === 0) toggle(grip.closest("li")); });
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pick(grip.closest("li"));
      dragged = event.pointerId;
    });
    grip.addEventListener("blur", () => setTimeout(() => {
      if (held && dragged === null && document.activeElement !== held.querySelector(".grip")) drop();
    }));
  }

  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== dragged) return;
    const middle = (item) => { const box = item.getBoundingClientRect(); return box.top + box.height / 2; };
    // Only past the middle of the neighbour, so that items of unlike height do not flicker.
    while (held.previousElementSibling && event.clientY < middle(held.previousElementSibling)) shift(held, -1);
    while (held.nextElementSibling && event.clientY > middle(held.nextElementSibling)) shift(held, 1);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    document.addEventListener(end, (event) => {
      if (event.pointerId !== dragged) return;
      const item = held;
      dragged = null;
      drop();
      place(item);
    });
  }
}
