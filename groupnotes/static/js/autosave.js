/* Saves forms marked data-autosave while they are written in, and says so in words.
   How one form is kept is in saver.js; here is when. */
import { announce } from "./messages.js";
import { Saver } from "./saver.js";

const savers = new Map();

function saverOf(form) {
  if (!savers.has(form)) savers.set(form, new Saver(form));
  return savers.get(form);
}

/** Savers of forms that are still on the page. */
function living() {
  for (const form of savers.keys()) if (!form.isConnected) savers.delete(form);
  return [...savers.values()];
}

/** Send what is waiting; true when everything is saved. */
export async function flushAll() {
  const results = await Promise.all(living().map((saver) => saver.save(true)));
  return results.every(Boolean);
}

export const hasUnsaved = () => living().some((saver) => saver.unsaved);

/** Forms without autosave in which something was typed. */
const typed = new Set();
export const hasTyped = () => [...typed].some((form) => form.isConnected);

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.autosave) saverOf(form).touched();
  else if (form?.method === "post" && form.role !== "search") typed.add(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.dataset.autosave) saverOf(form).save();
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") flushAll();
});
addEventListener("pagehide", () => flushAll());
addEventListener("online", () => living().forEach((saver) => saver.save(true)));
document.addEventListener("app:signed-in", () => living().forEach((saver) => saver.save(true)));
document.addEventListener("app:discard", () => {
  savers.clear();
  typed.clear();
});

addEventListener("beforeunload", (event) => {
  if (hasUnsaved()) event.preventDefault();
});

/* Nothing else may act on a record, or leave the page, while its text is on the way. */
const released = new WeakSet();
const waiting = new WeakSet();

document.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    if (form.method === "dialog") return;
    if (released.delete(form)) {
      savers.get(form)?.leave();
      return;
    }
    const concerned = concernedBy(form).filter((saver) => saver.unsaved);
    if (!concerned.length) {
      savers.get(form)?.leave();
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (waiting.has(form)) return;
    waiting.add(form);
    const results = await Promise.all(concerned.map((saver) => saver.save(true)));
    waiting.delete(form);
    const own = form.dataset.autosave; // it sends the text itself, with a newer try
    if (!own && !results.every(Boolean)) {
      announce("Not done: some text is not saved yet.");
      return;
    }
    // A browser ignores a submit that is asked for while it still announces the one before.
    await new Promise((resolve) => setTimeout(resolve));
    released.add(form);
    form.requestSubmit(submitter);
  },
  { capture: true },
);

/** A form of a record waits for that record's text; a form that leaves the page, for all. */
function concernedBy(form) {
  const stays = window.htmx && form.hasAttribute("hx-post");
  if (!stays) return living();
  const { record } = form.dataset;
  return living().filter(
    (saver) => saver.form === form || (record && saver.form.dataset.record === record),
  );
}

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const success = ctx.response?.status < 400;
  if (success) typed.delete(ctx.sourceElement);
  if (ctx.sourceElement.isConnected) savers.get(ctx.sourceElement)?.returned(success);
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.target || link.hasAttribute("download") || event.defaultPrevented || !hasUnsaved()) return;
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.getAttribute("href").startsWith("#") || link.origin !== location.origin) return;
  event.preventDefault();
  await flushAll();
  location.assign(link.href);
});

/* After a swap the page's hidden versions follow what the server last kept. */
document.addEventListener("htmx:after:swap", () => {
  for (const status of document.querySelectorAll("[data-saves][data-version]")) {
    const form = document.getElementById(status.dataset.saves);
    if (form && !savers.get(form)?.unsaved) Saver.adopt(form, status.dataset.version);
  }
});
