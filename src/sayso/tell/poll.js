// Makes a secret for the reader, checks that chances come to 100, and shows the crowd once there is an answer.
(() => {
  "use strict";
  const form = document.getElementById("answer");
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const key = "sayso " + form.dataset.question;
  const kept = {
    get() { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } },
    set(value) { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* Without it the answer cannot be changed later. */ } },
  };
  const makeSecret = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const before = kept.get();
  const secret = before.secret || makeSecret();
  if (before.name) at("name").value = before.name;
  at("secret").value = secret;
  at("own-secret").hidden = true;
  form.addEventListener("submit", (event) => {
    const fields = [...form.querySelectorAll(".value")];
    const numbers = fields.filter((f) => f.dataset.percent).map((f) => Number(f.value));
    const total = numbers.reduce((sum, n) => sum + n, 0);
    at("wrong").textContent = "";
    if (numbers.length > 1 && Math.abs(total - 100) > 1) {
      event.preventDefault();
      at("wrong").textContent = "Your answers come to " + total + " per cent, not to 100.";
      return;
    }
    const name = at("name").value.trim();
    kept.set({ name, secret });
    const values = fields.map((f) => f.dataset.prefix + (f.dataset.percent ? Number(f.value) + "%" : f.value));
    const answer = { form: form.dataset.form, question: form.dataset.question, name, secret, values, reason: at("reason").value.trim() };
    at("words").value = JSON.stringify(answer);
    at("made").hidden = false;
    at("crowd").open = true;
    if (form.hasAttribute("action")) return;
    event.preventDefault();
    at("words").focus();
    at("words").select();
  });
  at("copy").addEventListener("click", () => {
    at("words").select();
    if (navigator.clipboard) navigator.clipboard.writeText(at("words").value).catch(() => document.execCommand("copy"));
    else document.execCommand("copy");
  });
})();
