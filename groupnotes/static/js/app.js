/* What the pages do beyond plain HTML. Everything works without it; nothing here keeps text
   anywhere but in the page. */
import "./autosave.js";
import "./found.js";
import "./idle.js";
import "./requests.js";
