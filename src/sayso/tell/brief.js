// Unfolds a citation under its sentence. Without this script the number leads to the same words at the end of the page.
document.addEventListener("click", (event) => {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const shut = event.target.closest(".shut");
  if (shut) {
    const box = shut.closest(".unfold");
    fold(box);
    return;
  }
  const link = event.target.closest("a.cite");
  const host = link && link.closest("[data-host]");
  const note = host && document.getElementById(link.hash.slice(1));
  if (!note) return;
  event.preventDefault();
  const open = [...host.querySelectorAll(".unfold")].find((box) => box.link === link);
  if (open) {
    fold(open);
    return;
  }
  const box = document.createElement("div");
  box.className = "unfold";
  box.link = link;
  for (const child of note.children) box.append(child.cloneNode(true));
  box.querySelectorAll(".back").forEach((back) => back.remove());
  const button = document.createElement("button");
  button.type = "button";
  button.className = "shut";
  button.textContent = "×";
  button.setAttribute("aria-label", "Fold citation " + link.textContent);
  box.append(button);
  const row = link.closest("tr");
  if (row) {
    const line = document.createElement("tr");
    const cell = line.insertCell();
    cell.colSpan = row.cells.length;
    cell.append(box);
    line.className = "unfolded";
    row.after(line);
  } else {
    host.append(box);
  }
  link.setAttribute("aria-expanded", "true");
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const boxes = document.querySelectorAll(".unfold");
  if (boxes.length) fold(boxes[boxes.length - 1]);
});

function fold(box) {
  box.link.setAttribute("aria-expanded", "false");
  box.link.focus();
  (box.closest("tr.unfolded") || box).remove();
}
