/* The sign-in as this page knows it: its token, whose it is, and whether it still stands. */
import { clear, tell } from "./messages.js";

const { tokenUrl, viewer } = document.body.dataset;
let out = false;
let leaving = false;

/** The token that the server expects now. */
export const token = () => document.querySelector('meta[name="csrf-token"]').content;

/** Note that the server answered 401; the page waits for its reader to sign in again. */
export function signedOut() {
  out = true;
}

export const isSignedOut = () => out;

/**
 * Ask the server who is signed in, without counting as activity.
 * Gives {state: "same" | "out" | "unknown", secondsLeft}; for another person the page goes.
 */
export async function renew() {
  if (!tokenUrl) return { state: "unknown", secondsLeft: 0 };
  let answer;
  try {
    const response = await fetch(tokenUrl, {
      headers: { Accept: "application/json", "HX-Request": "true" },
      cache: "no-store",
      redirect: "error",
    });
    if (response.status === 401) return { state: "out", secondsLeft: 0 };
    if (!response.ok) return { state: "unknown", secondsLeft: 0 };
    answer = await response.json();
  } catch {
    return { state: "unknown", secondsLeft: 0 };
  }
  if (answer.viewer !== viewer) {
    discard();
    return { state: "out", secondsLeft: 0 };
  }
  useToken(answer.token);
  return { state: "same", secondsLeft: answer.seconds_left };
}

/** Somebody else signed in here: nothing of the last reader may stay in sight. */
function discard() {
  if (leaving) return;
  leaving = true;
  document.documentElement.classList.add("is-away");
  document.dispatchEvent(new Event("app:discard"));
  location.replace("/");
}

function useToken(fresh) {
  document.querySelector('meta[name="csrf-token"]').content = fresh;
  for (const field of document.querySelectorAll('input[name="csrf_token"]')) field.value = fresh;
}

async function back() {
  if (!out || document.visibilityState === "hidden") return;
  const { state } = await renew();
  if (state !== "same") return;
  out = false;
  clear("[data-signed-out]");
  tell("You are signed in again. What you typed is still here.", "success");
  document.dispatchEvent(new Event("app:signed-in"));
}

addEventListener("focus", back);
document.addEventListener("visibilitychange", back);
