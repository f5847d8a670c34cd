/* The page's messages: one region that screen readers follow, always in sight. */

const region = () => document.getElementById("messages");
const announcer = () => document.getElementById("announcer");

/** Say something to screen readers only. */
export function announce(text) {
  const place = announcer();
  if (place && place.textContent !== text) place.textContent = text;
}

const words = (place) => [...place.querySelectorAll(".message > p")].map((p) => p.innerHTML).join();

/** Show what the server answered; the empty region that comes with every fragment stays out. */
export function show(html) {
  const place = region();
  const { body } = new DOMParser().parseFromString(html, "text/html");
  body.querySelector("#messages")?.remove();
  // Pressing a link of a message leaves the field, which saves again and is answered the same:
  // a message that was put anew would no longer be what is let go of, and the click be lost.
  if (place && words(place) !== words(body)) place.replaceChildren(...body.childNodes);
}

/** Show one sentence of our own. */
export function tell(text, kind = "error") {
  const place = region();
  if (!place) return;
  const box = document.createElement("div");
  box.className = `message message--${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  place.replaceChildren(box);
}

/** Take the messages away, or only those that `selector` finds. */
export function clear(selector = ".message") {
  for (const message of region()?.querySelectorAll(selector) ?? []) {
    message.closest(".message").remove();
  }
}

function keepInSight() {
  const place = region();
  if (!place) return;
  place.classList.remove("messages--afloat");
  if (!place.querySelector(".message")) return;
  const { bottom, top } = place.getBoundingClientRect();
  place.classList.toggle("messages--afloat", bottom <= 0 || top >= innerHeight);
  for (const message of place.querySelectorAll(".message:not(:has(.message__close))")) {
    message.append(closer());
  }
}

function closer() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "message__close";
  button.setAttribute("aria-label", "Dismiss");
  button.textContent = "×";
  button.addEventListener("click", () => button.closest(".message").remove());
  return button;
}

if (region()) new MutationObserver(keepInSight).observe(region(), { childList: true });
