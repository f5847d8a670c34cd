/* A page kept in the back/forward cache still holds clinical text after sign-out, no-store or
   not. So a page that is left goes dark, and one that comes back asks the server again. */
(() => {
  "use strict";
  const root = document.documentElement;
  addEventListener("pagehide", () => root.classList.add("is-away"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
    else root.classList.remove("is-away");
  });
})();
