// An element says in data-key which keys press it. Keys are quiet inside text
// fields, while a modifier is down, and behind an open dialog.
const typing = "input:not([type=checkbox], [type=radio], [type=submit]), textarea, select, [contenteditable]";

// named is what data-key calls the key. A keyboard without Latin letters means
// the letter in the same place.
function named(event) {
  if (event.key === " ") return "Space";
  if (event.key.length !== 1) return event.key;
  const letter = event.key > "\x7f" && event.code.match(/^Key(.)$/)?.[1];
  return (letter || event.key).toLowerCase();
}

// taken tells whether the key already means something where the focus is.
function taken(event, key) {
  const at = event.target;
  if (at.closest?.(typing)) return true;
  const pressable = at.closest?.("a[href], button, summary, input");
  return Boolean(pressable) && (key === "Enter" || (key === "Space" && !at.closest("a[href]")));
}

export function keys(page) {
  page.addEventListener("keydown", (event) => {
    if (!event.key) return; // a suggestion was filled in
    let key = named(event);
    const undo = key === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (undo) key = "u";
    else if ((event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState("AltGraph")) return;
    if (event.repeat || event.isComposing || taken(event, key) || page.querySelector("dialog[open]")) return;
    if (key === "?") {
      event.preventDefault();
      page.getElementById("keys")?.showModal();
      return;
    }
    const menu = page.querySelector("details.more[open]");
    if (key === "Escape" && menu) {
      event.preventDefault();
      menu.open = false;
      menu.querySelector("summary").focus();
      return;
    }
    for (const element of page.querySelectorAll("[data-key]")) {
      if (element.dataset.key.split(" ").includes(key)) {
        event.preventDefault();
        if (element.matches("input[type=search]")) element.focus();
        else element.click();
        return;
      }
    }
  });
}
