// What a page gains with script: keys, the browser's time zone, how long a
// question took, and shorter ways to order, match and place. Without script
// every page works the same.
import { autosave } from "/assets/autosave.js";
import { keys } from "/assets/keys.js";
import { order } from "/assets/order.js";
import { place } from "/assets/place.js";
import { soon } from "/assets/soon.js";

keys(document);
soon();

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-zone]")) field.value = zone ?? "";

const shown = performance.now();
document.addEventListener("submit", (event) => {
  const took = event.target.elements.namedItem("took");
  if (took) took.value = String(Math.round(performance.now() - shown));
});

for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);
for (const list of document.querySelectorAll("[data-order]")) order(list);
for (const line of document.querySelectorAll("[data-place]")) place(line, document.getElementById("given"));

// A date that is chosen for one event is given up by the other.
for (const form of document.querySelectorAll("[data-match]")) {
  form.addEventListener("change", (event) => {
    for (const other of form.querySelectorAll("input[type=radio]:checked")) {
      if (other !== event.target && other.value === event.target.value) other.checked = false;
    }
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // plain http has no clipboard
    }
    button.textContent = button.dataset.copied;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// The secret of a sign-in card comes behind #, which is sent to nobody, and is not kept
// in the browser's history.
const secret = document.getElementById("secret");
if (secret && location.hash) {
  secret.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
}

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset.open);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}

// Words that are selected in a text go into the field that makes a fact of them.
for (const form of document.querySelectorAll("[data-words]")) {
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    const inside = chosen?.anchorNode?.parentElement?.closest("[data-text]") && chosen.focusNode?.parentElement?.closest("[data-text]");
    const words = inside ? chosen.toString().trim().replace(/\s+/g, " ") : "";
    if (words) form.elements.words.value = words;
  });
}

// What takes a while says so, and is not begun twice.
for (const form of document.querySelectorAll("[data-busy]")) {
  const button = form.querySelector("button.primary") ?? form.querySelector("button");
  const says = button.textContent;
  form.addEventListener("submit", (event) => {
    if (form.ariaBusy === "true") return event.preventDefault();
    form.ariaBusy = "true";
    button.textContent = form.dataset.busy;
    for (const bar of form.querySelectorAll("progress")) bar.hidden = false;
  });
  addEventListener("pageshow", () => { // come back to, with what was typed
    form.ariaBusy = null;
    for (const bar of form.querySelectorAll("progress")) bar.hidden = true;
    button.textContent = says;
  });
}

// A whole address is what one gives to others.
for (const field of document.querySelectorAll("[data-whole]")) field.value = new URL(field.value, location.href).href;
