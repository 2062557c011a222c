// A form that is kept as one goes: whenever a field is left, and when the page is.
// What the server answers is the page as it would be without script. What stands
// in its form becomes the base: fields that nobody touched here since take it over,
// and what was typed meanwhile is kept the next time.
import { load } from "/assets/load.js";

const parts = ["state", "past", "asks"];

const fields = (form) => [...form.querySelectorAll("input, textarea")].filter((f) => f.name && f.type !== "radio" && f.type !== "hidden");
const get = (field) => (field.type === "checkbox" ? field.checked : field.value);
const set = (field, value) => {
  if (get(field) === value) return;
  if (field.type === "checkbox") field.checked = value;
  else field.value = value;
};

export function autosave(form) {
  const state = form.querySelector("[data-state]");
  const values = () => new Map(fields(form).map((f) => [f.name, get(f)]));
  let base = values();
  let sending = false;
  let again = false; // a field was left meanwhile
  let waits = false; // for the button: it was refused, or another tab wrote the same
  const changed = () => fields(form).some((f) => get(f) !== base.get(f.name));
  const say = (text, bad = false) => {
    state.textContent = text;
    state.classList.toggle("bad", bad);
  };
  const body = () => {
    const all = new FormData(form);
    all.delete("past"); // what becomes of answers is said by the button alone
    return new URLSearchParams(all);
  };

  async function save() {
    again = sending;
    if (sending || waits === "clash" || !changed()) return;
    sending = true;
    say(form.dataset.saving);
    const sent = values();
    try {
      const answer = await load("POST", form.action, body());
      const now = answer.response?.querySelector("form[data-autosave]");
      if (!now) throw new Error(form.dataset.gone);
      waits = answer.status < 400 ? false : answer.status === 409 ? "clash" : "refused";
      show(answer.response, now, sent);
      say(waits ? form.dataset.waits : "", Boolean(waits));
    } catch (error) {
      waits = "failed";
      say(error instanceof Error ? error.message : form.dataset.failed, true);
    }
    sending = false;
    if (again || !waits && document.activeElement?.form !== form) save();
  }

  function show(page, now, sent) {
    for (const id of parts) {
      const here = document.getElementById(id);
      const there = page.getElementById(id);
      if (here && there) here.replaceChildren(...there.childNodes);
    }
    for (const field of fields(form)) {
      const fresh = now.querySelector(`#${field.id}`);
      problems(field, fresh);
      if (waits === "refused") continue; // nothing of it was kept
      if (get(field) === sent.get(field.name)) set(field, get(fresh));
      base.set(field.name, get(fresh));
    }
    if (waits !== "refused") form.elements.revision.value = now.elements.revision.value;
  }

  function problems(field, fresh) {
    const old = field.parentElement;
    old.querySelector(".problem")?.remove();
    const problem = fresh.parentElement.querySelector(".problem");
    if (problem) old.append(problem);
    old.classList.toggle("bad", Boolean(problem));
    if (problem) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    const by = fresh.getAttribute("aria-describedby");
    if (by) field.setAttribute("aria-describedby", by);
    else field.removeAttribute("aria-describedby");
  }

  let leaving = false;
  form.addEventListener("change", (event) => event.target.name !== "past" && save());
  form.addEventListener("submit", () => { leaving = true; });
  addEventListener("pageshow", () => { leaving = false; });
  addEventListener("beforeunload", (event) => {
    const date = form.elements.date;
    if (!leaving && (waits && changed() || get(date) !== base.get("date"))) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (!leaving && waits !== "clash" && changed()) navigator.sendBeacon(form.action, body());
  });
}
