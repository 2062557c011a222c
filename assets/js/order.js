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
  const move = (item, by) => {
    const other = by < 0 ? item.previousElementSibling : item.nextElementSibling;
    if (!other) return;
    if (by < 0) other.before(item);
    else other.after(item);
    place(item);
  };
  const drop = () => {
    held?.classList.remove("held");
    held?.querySelector(".grip").setAttribute("aria-pressed", "false");
    held = null;
  };
  const pick = (item) => {
    before = items();
    held = item;
    item.classList.add("held");
    item.querySelector(".grip").setAttribute("aria-pressed", "true");
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
      if (event.key === " ") {
        if (held) drop();
        else { pick(item); say(list.dataset.held); }
      } else if (event.key === "Escape" && held) {
        const back = held;
        drop();
        list.append(...before);
        label();
        say(list.dataset.back);
        back.querySelector(".grip").focus();
      } else if (by && held) {
        move(held, by);
        grip.focus(); // moving an element in the page takes the focus away
      } else if (by) {
        (by < 0 ? item.previousElementSibling : item.nextElementSibling)?.querySelector(".grip").focus();
      } else if (event.key === "Enter") {
        list.closest("form").querySelector(".primary").click();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
    grip.addEventListener("click", (event) => event.preventDefault());
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      pick(grip.closest("li"));
      dragged = event.pointerId;
    });
    grip.addEventListener("blur", () => setTimeout(() => {
      if (held && dragged === null && document.activeElement !== held.querySelector(".grip")) drop();
    }));
  }

  // An element that moves in the page loses its pointer, so the page listens.
  document.addEventListener("pointermove", (event) => {
    if (event.pointerId !== dragged) return;
    for (const other of items()) {
      const box = other.getBoundingClientRect();
      if (other === held || event.clientY < box.top || event.clientY > box.bottom) continue;
      const mine = held.getBoundingClientRect();
      // Only past the middle of the other, so that items of unlike height do not flicker.
      if (mine.top < box.top && event.clientY > box.top + box.height / 2) other.after(held);
      else if (mine.top > box.top && event.clientY < box.top + box.height / 2) other.before(held);
    }
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
