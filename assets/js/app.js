// What a page gains with script: keys, the browser's time zone, and how long a
// question took. Without script every page works the same.
import { keys } from "/assets/keys.js";

keys(document);

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const field of document.querySelectorAll("[data-zone]")) field.value = zone ?? "";

const shown = performance.now();
document.addEventListener("submit", (event) => {
  const took = event.target.elements.namedItem("took");
  if (took) took.value = String(Math.round(performance.now() - shown));
});

for (const opener of document.querySelectorAll("[data-open]")) {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset.open);
    if (!dialog?.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
}
