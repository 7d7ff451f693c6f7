// The slow request, the streamed answer, the upload and the counters.

onSend("slow-form", (text) => (byId("slow-result").textContent = text), async (form) => {
  const asked = Number(form.get("seconds")), began = performance.now();
  const meter = byId("slow-meter"), dots = byId("slow-dots");
  let answered = 0, isDone = false;
  dots.replaceChildren();
  byId("slow-result").textContent = "Waiting.";
  const elapsed = () => (performance.now() - began) / 1000;
  const timer = setInterval(() => (meter.style.width = `${Math.min(100, (100 * elapsed()) / asked)}%`), 50);
  const quick = setInterval(async () => {
    const dot = dots.appendChild(element("i"));
    try {
      await ask(`/overlap?seconds=0&quick=${performance.now()}`);
    } catch {
      return;
    }
    if (isDone) return;
    answered += 1;
    dot.className = "done";
  }, 250);
  try {
    const facts = await ask(`/slow?seconds=${asked}`);
    isDone = true;
    meter.style.width = "100%";
    byId("slow-result").textContent =
      `Process ${facts.process}, thread ${facts.thread}, after ${seconds(elapsed())}. ` +
      (answered ? `${plural(answered, "quick request")} got an answer meanwhile.` : "No other request got an answer meanwhile.");
  } finally {
    isDone = true;
    clearInterval(timer);
    clearInterval(quick);
  }
});

let streaming = null;
byId("stream-stop").addEventListener("click", () => streaming?.abort());

onSend("stream-form", (text) => (byId("stream-result").textContent = text), async (form) => {
  const shown = byId("stream-lines"), began = performance.now();
  const elapsed = () => (performance.now() - began) / 1000;
  streaming = new AbortController();
  byId("stream-stop").disabled = false;
  byId("stream-result").textContent = "Receiving.";
  shown.textContent = "";
  let pieces = 0;
  try {
    const response = await fetch(`${mount}/stream?lines=${form.get("lines")}`, { signal: streaming.signal });
    if (!response.ok) throw new Error(`the server said ${response.status}`);
    const reader = response.body.getReader(), decoder = new TextDecoder();
    let begun = "";
    for (let piece; !(piece = await reader.read()).done; pieces += 1) {
      const lines = (begun + decoder.decode(piece.value, { stream: true })).split("\n");
      begun = lines.pop();
      for (const line of lines) {
        const [, number, sent] = line.match(/^line +(\d+) .*sent +([\d.]+) s/);
        shown.textContent += `${number.padStart(3)}  sent ${sent} s  arrived ${seconds(elapsed())}\n`;
      }
      shown.scrollTop = shown.scrollHeight;
    }
    byId("stream-result").textContent = `Arrived in ${plural(pieces, "piece")} over ${seconds(elapsed())}.`;
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    byId("stream-result").textContent = `Stopped after ${plural(pieces, "piece")}. The server closes the generator.`;
  } finally {
    byId("stream-stop").disabled = true;
  }
});

function showUpload(pairs) {
  byId("upload-result").replaceChildren(
    ...pairs.map(([name, value]) => {
      const pair = element("div");
      pair.append(element("dt", name), element("dd", value));
      return pair;
    }),
  );
}

// fetch() does not tell how far an upload is.
function send(blob) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${mount}/upload`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => (byId("upload-meter").style.width = `${(100 * event.loaded) / event.total}%`);
    request.onerror = () => reject(new Error("the connection broke"));
    request.onload = () =>
      request.status === 200 ? resolve(JSON.parse(request.responseText)) : reject(new Error(`the server said ${request.status}`));
    request.send(blob);
  });
}

// Only what fits into memory, and only where the browser lends its hash (https or loopback).
async function ownHash(blob) {
  if (!crypto.subtle || blob.size > 2 ** 28) return null;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function upload(blob) {
  byId("upload-meter").style.width = "0";
  showUpload([["State", "sending"]]);
  const began = performance.now();
  const facts = await send(blob);
  const took = (performance.now() - began) / 1000;
  byId("upload-meter").style.width = "100%";
  const own = await ownHash(blob);
  showUpload([
    ["Size", `${facts.size.toLocaleString("en")} bytes`],
    ["SHA-256", facts.sha256],
    ["Check", own === null ? "not made in the browser" : own === facts.sha256 ? "same as the browser’s own" : "DIFFERS from the browser’s own"],
    ["Took", `${seconds(took)} in all, ${seconds(facts.seconds)} in the application`],
    ["By", `process ${facts.process}, thread ${facts.thread}`],
  ]);
}

const uploadError = (text) => showUpload([["Error", text]]);
onSend("upload-form", uploadError, (form) => upload(form.get("file")));
byId("upload-made").addEventListener("click", async (event) => {
  const blocks = Array.from({ length: 256 }, () => crypto.getRandomValues(new Uint8Array(65536)));
  event.target.disabled = true;
  await upload(new Blob(blocks)).catch((error) => uploadError(error.message));
  event.target.disabled = false;
});

const counted = new Map();
onSend("count-form", (text) => (byId("count-table").textContent = text), async () => {
  const answers = [];
  const one = async (_, index) => answers.push(await ask(`/count?n=${index}`));
  await Promise.all(Array.from({ length: 24 }, one));
  for (const a of answers) {
    const key = `${a.process} ${a.thread}`;
    const before = counted.get(key);
    if (!before || a.global > before.global) counted.set(key, a);
  }
  const rows = [...grouped([...counted.values()], (a) => a.process)].sort((a, b) => byNumber(a[0], b[0]));
  const shown = table(
    ["Process", "Global", "Thread-local"],
    rows.map(([process, threads]) => [process, Math.max(...threads.map((a) => a.global)), ""]),
  );
  rows.forEach(([, threads], index) => {
    const chips = shown.tBodies[0].rows[index].cells[2].appendChild(element("div", "", "chips"));
    for (const a of threads.sort((one, other) => byNumber(one.thread, other.thread)))
      chips.appendChild(element("span", `thread ${a.thread}`)).append(element("b", a.thread_local));
  });
  byId("count-table").replaceChildren(shown);
});

sendOverlapping();
