"use strict";
document.documentElement.classList.add("js");

const front = document.getElementById("front");
const mount = front.dataset.mount;
const flags = {
  multithread: front.dataset.multithread === "True",
  multiprocess: front.dataset.multiprocess === "True",
};
const byId = (id) => document.getElementById(id);

// One element with text and classes. Text never becomes markup.
function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

function table(heads, rows) {
  const made = element("table");
  const head = made.createTHead().insertRow();
  for (const text of heads) {
    const cell = element("th", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) line.append(element("td", text));
  }
  return made;
}

async function ask(path) {
  const response = await fetch(mount + path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`the server said ${response.status} ${response.statusText}`);
  return response.json();
}

const plural = (count, word) => `${count} ${word}${count === 1 ? "" : word.endsWith("s") ? "es" : "s"}`;
const seconds = (value) => `${value.toFixed(2)} s`;

// Runs `work` when the form is sent; its button rests meanwhile.
function onSend(formId, showError, work) {
  const form = byId(formId);
  const send = async () => {
    const button = form.querySelector("button:not([type=button])");
    button.disabled = true;
    try {
      await work(new FormData(form));
    } catch (error) {
      showError(`It failed: ${error.message}.`);
    }
    button.disabled = false;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  return send;
}

// Each process keeps one colour for the page's life.
const colours = new Map([[front.dataset.process, "c0"]]);
function colourOf(process) {
  if (!colours.has(process)) colours.set(process, `c${colours.size % 6}`);
  return colours.get(process);
}
