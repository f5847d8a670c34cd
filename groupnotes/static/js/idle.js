/* Automatic sign-off: a warning two minutes before, and a page that goes dark at the end.
   The server decides; this clock only tells when to ask it. */
import { flushAll, hasTyped, hasUnsaved } from "./autosave.js";
import { renew, signedOut, token } from "./signin.js";

const { idleSeconds, stayUrl, endUrl } = document.body.dataset;
const LIMIT = Number(idleSeconds) * 1000;
const WARNING = Math.min(120_000, LIMIT / 3);
const QUIET = Math.min(60_000, LIMIT / 6); // typing tells the server at most this often
const KEPT = 60 * 60_000; // how long unsaved text outlives its sign-in, out of sight

const warning = document.getElementById("idle-warning");
const locked = document.getElementById("locked");
let ends = Date.now() + LIMIT;
let contact = Date.now();
let asking = false;

function extend(milliseconds = LIMIT) {
  contact = Date.now();
  ends = contact + milliseconds;
}

async function stay() {
  extend();
  const response = await fetch(stayUrl, {
    method: "POST",
    headers: { "X-CSRF-Token": token(), "HX-Request": "true" },
  }).catch(() => null);
  if (!response?.ok) ends = Math.min(ends, contact + WARNING); // ask again soon
}

function active() {
  if (!warning.open && !locked.open && Date.now() - contact > QUIET) stay();
}

async function tick() {
  if (asking || locked.open) return;
  const left = ends - Date.now();
  if (warning.open) tellLeft(left);
  if (left > WARNING || (warning.open && left > 0)) return;
  asking = true;
  await ask(left);
  asking = false;
}

/** Let the server say how long there is; another tab may have been busy. */
async function ask(left) {
  if (left <= 0) document.documentElement.classList.add("is-away");
  const { state, secondsLeft } = await renew();
  if (state === "same" && secondsLeft > 0) {
    ends = Date.now() + secondsLeft * 1000;
    document.documentElement.classList.remove("is-away");
    if (ends - Date.now() <= WARNING + 1000) warn();
    else close();
  } else if (state === "out" || left <= 0) {
    await end();
  } else {
    warn();
  }
}

function warn() {
  if (warning.open) return;
  warning.showModal();
  tellLeft(ends - Date.now());
  flushAll();
}

function close() {
  if (warning.open) warning.close();
}

function tellLeft(left) {
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const words = seconds > 90 ? "2 minutes" : seconds > 45 ? "1 minute" : `${seconds} seconds`;
  const place = warning.querySelector("[data-idle-left]");
  if (place.textContent !== words) place.textContent = words;
}

async function end() {
  document.documentElement.classList.add("is-away");
  close();
  signedOut();
  for (const field of document.querySelectorAll("input[type=password]")) field.value = "";
  await flushAll();
  if (!hasUnsaved() && !hasTyped()) {
    location.replace(endUrl);
    return;
  }
  locked.showModal();
  setTimeout(() => {
    document.dispatchEvent(new Event("app:discard"));
    location.replace(endUrl);
  }, KEPT);
}

if (LIMIT && warning && locked) {
  for (const type of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(type, active, { passive: true });
  }
  document.addEventListener("app:contact", () => extend());
  document.addEventListener("app:signed-in", () => {
    if (locked.open) locked.close();
    document.documentElement.classList.remove("is-away");
    extend();
  });
  warning.querySelector("[data-idle-stay]").addEventListener("click", () => {
    close();
    stay();
  });
  warning.addEventListener("cancel", () => stay()); // Escape: somebody is here
  locked.addEventListener("cancel", (event) => event.preventDefault());
  document.addEventListener("visibilitychange", tick);
  setInterval(tick, 1000);
}
