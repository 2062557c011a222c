// What the server still works out takes its place on the page when it is there. Nothing
// else moves: the table stays where it was scrolled to, and what has the focus keeps it.
import { load } from "/assets/load.js";

const wait = 1500; // ms
const most = 20; // times; then the link is left

export function soon(times = most) {
  if (times > 0 && document.querySelector("[data-soon]")) setTimeout(() => renew(times), wait);
}

async function renew(times) {
  try {
    const page = (await load("GET", location.href)).response;
    if (page?.querySelector("[data-part]")) { // else it is another page, of somebody who was signed out
      for (const part of document.querySelectorAll("[data-part]")) put(part, page);
    }
  } catch {
    // the network is away: it is tried again
  }
  soon(times - 1);
}

function put(part, page) {
  const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
  const at = part.contains(document.activeElement) ? document.activeElement : null;
  const scrolled = part.querySelector(".scrolls")?.scrollLeft ?? 0;
  if (!fresh) { // nothing is waited for any more
    part.remove();
    return;
  }
  part.replaceWith(fresh);
  const table = fresh.querySelector(".scrolls");
  if (table) table.scrollLeft = scrolled;
  if (at) (find(fresh, at) ?? table)?.focus({ preventScroll: true });
}

const find = (part, link) => [...part.querySelectorAll("a[href]")].find((a) => a.getAttribute("href") === link.getAttribute("href"));
