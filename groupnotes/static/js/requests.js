/* What htmx leaves to us: buttons that send a form elsewhere, focus after a swap, and answers
   that are no part of a page. */
import { renew, signedOut } from "./signin.js";
import { tell } from "./messages.js";

const UNREACHABLE =
  "The server could not be reached, so nothing was saved. What you typed is still here. Try again.";
const BROKEN =
  "Something went wrong on the way, so nothing may have been saved. What you typed is still here. Try again.";

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  const { request } = ctx;
  const elsewhere = request.submitter?.getAttribute("formaction");
  if (elsewhere) request.action = elsewhere;
  ctx.block = ctx.target;
  ctx.cameFrom = (request.submitter ?? document.activeElement)?.id;
});

/* htmx 4.0.1 holds back a click with a modifier and then does nothing: leave it to the browser. */
document.addEventListener(
  "click",
  (event) => {
    const modified = event.ctrlKey || event.metaKey || event.shiftKey;
    if (modified && event.target.closest?.("a[hx-get]")) event.stopPropagation();
  },
  { capture: true },
);

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  if (status === 401) signedOut();
  else if (status === 400) renew(); // a token of an earlier sign-in: the next try has today's
  else if (status < 400) document.dispatchEvent(new Event("app:contact"));
  if (status >= 400 && /<html|<!doctype/i.test(ctx.text)) {
    // A proxy's own page. Ours are blocks; 422 would put this one in place of the form.
    ctx.text = "";
    ctx.swap = "none";
    event.preventDefault();
    tell(BROKEN);
  }
});

/* A refusal is a message for the messages, unless it is the block itself with what to do. */
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx, tasks } = event.detail;
  if (!(ctx.response?.status >= 400) || ctx.response.status === 422) return;
  const main = tasks.find((task) => task.type === "main");
  const { block } = ctx;
  if (main && block?.id && main.fragment.querySelector(`#${CSS.escape(block.id)}`)) {
    Object.assign(main, { target: block, swapSpec: { style: "outerHTML" } });
    return;
  }
  // Every fragment brings its messages: none of them may wipe out the refusal.
  tasks.splice(0, tasks.length, ...tasks.filter((task) => task.target?.id !== "messages" || task === main));
});

document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx && !ctx.response) tell(UNREACHABLE);
});

/* A button that was disabled while its request was under way has lost the focus. */
document.addEventListener("htmx:after:swap", (event) => {
  const { request, cameFrom, sourceElement } = event.detail.ctx;
  if (!request || document.activeElement !== document.body) return;
  const place = (cameFrom && document.getElementById(cameFrom)) || sourceElement;
  if (!place?.isConnected || place === document.body) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});
