/* One form's text on its way to the server: one request at a time, an exact repeat after a lost
   answer, and never "Saved" without the server's word for this very edit. */
import { announce, show } from "./messages.js";
import { isSignedOut, renew, signedOut, token } from "./signin.js";

const PAUSE = 600; // ms without a key before a save
const BACK_OFF = [1, 2, 4, 8, 16, 30]; // s between tries
const TIMEOUT = 20_000;
const KEEPALIVE_LIMIT = 60_000; // bytes; browsers refuse more than 64 KiB
const BOOKKEEPING = new Set(["csrf_token", "version", "edit"]);

const LOST = "the server did not answer. Retrying.";
const REFUSED = "Not saved: see the message.";
const OUT = "you have been signed out. Your text is kept on this page.";

export class Saver {
  constructor(form) {
    this.form = form;
    this.edit = Number(form.elements.edit?.value ?? 0);
    this.kept = null; // the text that the server last said it has
    this.word = ""; // what it said of that text
    this.repeat = null; // a request whose answer was lost
    this.sending = null;
    this.tries = 0;
    this.refused = null; // the text that the server would not take
    this.unsaved = false;
  }

  /** A key was pressed: save after the pause. */
  touched() {
    this.unsaved = true;
    if (!this.tries && !this.sending) this.say("saving", "Saving…");
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE);
  }

  /** Send what is new. True when the server has everything; `now` does not wait its turn. */
  async save(now = false) {
    clearTimeout(this.pause);
    if (this.sending) return (await this.sending) ? this.save(now) : false;
    if (!this.repeat && this.text() === this.kept) {
      if (this.unsaved) this.say("saved", this.word); // typed and taken back
      this.unsaved = false;
      return true;
    }
    this.unsaved = true;
    if (!this.repeat && this.text() === this.refused) {
      this.say("failed", REFUSED);
      return false;
    }
    if (this.tries && !now) return false;
    clearTimeout(this.retry);
    this.sending = this.send().finally(() => {
      this.sending = null;
    });
    return (await this.sending) ? this.save(now) : false;
  }

  /** The form itself is being sent: from now on its text is the answer's business. */
  leave() {
    clearTimeout(this.pause);
    clearTimeout(this.retry);
    this.left = this.text();
    this.unsaved = false;
  }

  /** The form was sent: with success the server has its text, else saving goes on. */
  returned(success) {
    Object.assign(this, { repeat: null, tries: 0 });
    if (!success) {
      this.touched();
      return;
    }
    this.kept = this.left;
    this.word = this.status()?.textContent.trim() ?? "";
  }

  async send() {
    const { body, text } = (this.repeat ??= this.next());
    body.set("csrf_token", token());
    if (!this.tries) this.say("saving", "Saving…");
    let response;
    let answer;
    try {
      response = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        headers: { "HX-Request": "true", Accept: "text/html" },
        redirect: "error",
        keepalive: body.toString().length < KEEPALIVE_LIMIT,
        signal: AbortSignal.timeout(TIMEOUT),
      });
      answer = await response.text();
    } catch {
      return this.failed(LOST);
    }
    return this.read(response.status, answer, body.get("edit"), text);
  }

  next() {
    const body = new URLSearchParams(new FormData(this.form));
    this.edit += 1;
    body.set("edit", this.edit);
    return { body, text: this.text() };
  }

  async read(status, answer, edit, text) {
    if (status === 401) {
      signedOut();
      show(answer);
      this.say("failed", `Not saved: ${OUT}`);
      return false;
    }
    if (status === 400 && (await renew()).state === "same" && !this.tries) {
      return this.failed("the page was out of date. Retrying.");
    }
    if (status >= 500 || status === 408 || status === 429) return this.failed(LOST);
    if (status >= 400) return this.refuse(answer, text);
    return this.accept(answer, edit, text) || this.failed(LOST);
  }

  /** Take over what the server says it kept; only its own words count. */
  accept(answer, edit, text) {
    const page = new DOMParser().parseFromString(answer, "text/html");
    const word = page.getElementById(`${this.form.id}-status`);
    if (word?.dataset.edit !== edit) return false;
    const said = word.textContent.trim();
    Object.assign(this, { repeat: null, refused: null, kept: text, word: said, tries: 0 });
    this.unsaved = this.text() !== text;
    Saver.adopt(this.form, word.dataset.version);
    Object.assign(this.status()?.dataset ?? {}, word.dataset);
    if (!this.unsaved) this.say("saved", said);
    for (const block of page.body.children) this.replace(block);
    this.hint(page);
    document.dispatchEvent(new Event("app:contact"));
    return true;
  }

  /** Put a block of the answer in place, but never one that is being written in. */
  replace(block) {
    const old = block.id && document.getElementById(block.id);
    const apart = block.dataset.saves || block.dataset.hintOf || block.id === "messages";
    if (!old || old.contains(this.form) || apart) return;
    htmx.swap({ sourceElement: old, target: old, text: block.outerHTML, swap: "outerMorph" });
  }

  /** Under each field stands what the server now hints at, and nothing that it no longer does. */
  hint(page) {
    for (const old of this.form.querySelectorAll("[data-hint-of]")) {
      if (!page.getElementById(old.id)) old.remove();
    }
    for (const hint of page.querySelectorAll("[data-hint-of]")) {
      const group = document.getElementById(hint.dataset.hintOf)?.closest(".govuk-form-group");
      const there = document.getElementById(hint.id);
      // One that somebody works in stays, until they leave it.
      if (!group || there?.textContent === hint.textContent || there?.contains(document.activeElement)) continue;
      there?.remove();
      group.after(document.importNode(hint, true));
      announce(hint.querySelector("p")?.textContent.trim() ?? "");
    }
  }

  refuse(answer, text) {
    Object.assign(this, { repeat: null, refused: text, tries: 0 });
    const page = new DOMParser().parseFromString(answer, "text/html");
    this.hint(page);
    for (const hint of page.querySelectorAll("[data-hint-of]")) hint.remove();
    show(page.body.innerHTML);
    this.say("failed", REFUSED);
    return false;
  }

  failed(reason) {
    const wait = BACK_OFF[Math.min(this.tries, BACK_OFF.length - 1)];
    this.tries += 1;
    this.say("failed", `Not saved: ${reason}`);
    if (!isSignedOut()) this.retry = setTimeout(() => this.save(true), wait * 1000);
    return false;
  }

  /** What the form holds, without its bookkeeping. */
  text() {
    const held = new URLSearchParams(new FormData(this.form));
    for (const name of BOOKKEEPING) held.delete(name);
    return held.toString();
  }

  status() {
    return document.getElementById(`${this.form.id}-status`);
  }

  say(state, words) {
    const place = this.status();
    if (place) {
      place.dataset.state = state;
      place.textContent = words;
    }
    clearTimeout(this.hush);
    const pause = state === "failed" ? 0 : 2000; // one announcement a burst
    if (state !== "saving") this.hush = setTimeout(() => announce(words), pause);
  }

  /** Renew the hidden version of a form and of every other form of its record. */
  static adopt(form, version) {
    if (version === undefined) return;
    const { record } = form.dataset;
    const related = record ? document.querySelectorAll(`form[data-record="${CSS.escape(record)}"]`) : [];
    for (const each of [form, ...related]) {
      if (each.elements.version) each.elements.version.value = version;
    }
  }
}
