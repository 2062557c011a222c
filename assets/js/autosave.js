// A form that is kept as one goes: whenever a field is left, and when the page is.
// What the server answers is the page as it would be without script; what changed
// in it takes the place of what stands here, but never of what is being typed.
const parts = ["state", "past", "asks"];

// post gives the answer with its page read: fetch gives text, which a strict page
// may not make a document of.
function post(to, body) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", to);
    request.responseType = "document";
    request.onload = () => done(request);
    request.onerror = fail;
    request.send(body);
  });
}

export function autosave(form) {
  const state = form.querySelector("[data-state]");
  const whole = () => new URLSearchParams(new FormData(form)).toString();
  let kept = whole();
  let sending = false;
  let refused = false; // what stands here is not kept as it is

  const say = (text, bad = false) => {
    state.textContent = text;
    state.classList.toggle("bad", bad);
  };

  async function save() {
    const sent = whole();
    if (sending || sent === kept) return;
    sending = true;
    say(form.dataset.saving);
    try {
      const answer = await post(form.action, new URLSearchParams(sent));
      const page = answer.response;
      const now = page?.querySelector("form[data-autosave]");
      if (!now) throw new Error(answer.status);
      refused = answer.status >= 400;
      kept = sent;
      show(page, now, new URLSearchParams(sent));
      say("");
    } catch {
      say(form.dataset.failed, true);
    }
    sending = false;
    if (whole() !== sent && kept === sent && !form.contains(document.activeElement)) save();
  }

  // show takes over what the answer says: problems, previews, and what other tabs
  // changed in fields that nobody touches here.
  function show(page, now, sent) {
    for (const id of parts) {
      const here = document.getElementById(id);
      const there = page.getElementById(id);
      if (here && there && !here.contains(document.activeElement)) here.replaceChildren(...there.childNodes);
    }
    for (const old of form.querySelectorAll(".field")) {
      const field = old.querySelector("input, textarea");
      const fresh = now.querySelector(`#${field.id}`);
      old.querySelector(".problem")?.remove();
      const problem = fresh.parentElement.querySelector(".problem");
      if (problem) old.append(problem);
      old.classList.toggle("bad", Boolean(problem));
      if (problem) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      field.setAttribute("aria-describedby", fresh.getAttribute("aria-describedby") ?? "");
      if (field !== document.activeElement && field.value === (sent.get(field.name) ?? "")) field.value = fresh.value;
    }
    form.elements.revision.value = now.elements.revision.value;
    kept = whole();
  }

  form.addEventListener("change", save);
  form.addEventListener("submit", () => {
    kept = whole();
    refused = false;
  });
  addEventListener("beforeunload", (event) => {
    if (refused) event.preventDefault();
  });
  addEventListener("pagehide", () => {
    if (whole() !== kept && !sending) navigator.sendBeacon(form.action, new URLSearchParams(whole()));
  });
}
