// Unfolds a citation under its sentence. Without this script the number leads to the same words at the end of the page.
const labels = document.body.dataset; // In the language of the page.

document.addEventListener("click", (event) => {
  const copy = event.target.closest(".copy");
  if (copy) {
    copyId(copy);
    return;
  }
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
  button.setAttribute("aria-label", labels.fold + " " + link.textContent);
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

// A claim's id can be selected as it stands; the button saves the selecting.
for (const id of document.querySelectorAll(".id code")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = labels.copy;
  button.setAttribute("aria-label", labels.copyId + " " + id.textContent);
  id.after(button);
}

function copyId(button) {
  const id = button.previousElementSibling;
  const say = (words) => {
    button.textContent = words;
    setTimeout(() => (button.textContent = labels.copy), 1500);
  };
  const select = () => {
    getSelection().selectAllChildren(id);
    say(document.execCommand("copy") ? labels.copied : labels.selected);
  };
  if (navigator.clipboard) navigator.clipboard.writeText(id.textContent).then(() => say(labels.copied), select);
  else select();
}

// Browsers open what a link leads into; older ones are helped.
function reveal() {
  const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  for (let fold = place && place.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    fold.open = true;
    place.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();
