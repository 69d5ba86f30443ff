// Says that files are too large before they are sent.
for (const form of document.querySelectorAll("form[data-most]")) {
  const files = form.querySelector("input[type=file]"), told = form.querySelector("[role=alert]");
  const check = () => {
    const over = [...files.files].reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.most);
    told.textContent = over ? form.dataset.over : "";
    told.hidden = !over;
    return !over;
  };
  files.addEventListener("change", check);
  form.addEventListener("submit", (event) => { if (!check()) event.preventDefault(); });
}
