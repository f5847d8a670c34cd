/* "Edit" beside words that a check found goes to the very words in their field. */

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-selects]");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field?.setSelectionRange) return;
  event.preventDefault();
  // The server counts from the first character that is no blank.
  const lead = field.value.length - field.value.trimStart().length;
  const [start, end] = link.dataset.selects.split(" ").map((at) => lead + Number(at));
  field.focus();
  field.setSelectionRange(start, end);
});
