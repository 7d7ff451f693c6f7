// Requests sent together, drawn on one time axis: a row for each, put together by the
// process and thread that answered.

let runs = 0;

async function askTimed(number, form, run) {
  // The distinct address keeps the browser from treating the requests as one.
  const path = `/overlap?seconds=${form.get("seconds")}&work=${form.get("work")}&run=${run}-${number}`;
  const facts = await ask(path);
  const received = performance.now() / 1000;
  const entry = performance.getEntriesByName(location.origin + mount + path)[0];
  return { ...facts, number, received, sent: (entry ? entry.requestStart : 0) / 1000 };
}

// The most of `answers` that ran at one moment, by the server's clock.
function peak(answers) {
  const edges = answers.flatMap((a) => [[a.started, 1], [a.finished, -1]]);
  edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let running = 0, most = 0;
  for (const [, step] of edges) most = Math.max(most, (running += step));
  return most;
}

function grouped(answers, key) {
  const groups = new Map();
  for (const answer of answers) {
    const name = key(answer);
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(answer);
  }
  return groups;
}

const byNumber = (a, b) => a.localeCompare(b, undefined, { numeric: true });

function draw(answers) {
  // The two clocks have different zeros. The fastest reply tells their distance best.
  const offset = Math.min(...answers.map((a) => a.received - a.finished));
  const from = Math.min(...answers.map((a) => a.started + offset), ...answers.map((a) => a.sent || Infinity));
  const span = Math.max(...answers.map((a) => a.finished + offset)) - from || 1;
  const place = (bar, start, end) => {
    bar.style.left = `${(100 * (start - from)) / span}%`;
    bar.style.width = `${(100 * (end - start)) / span}%`;
    return bar;
  };
  const lanes = document.createDocumentFragment();
  const processes = grouped(answers, (a) => a.process);
  for (const process of [...processes.keys()].sort(byNumber)) {
    const threads = grouped(processes.get(process), (a) => a.thread);
    let processLabel = `process ${process}`;
    for (const thread of [...threads.keys()].sort(byNumber)) {
      let threadLabel = `thread ${thread}`;
      for (const a of threads.get(thread).sort((one, other) => one.started - other.started)) {
        const lane = element("div", "", `lane ${colourOf(process)} ${processLabel && "first"}`);
        const who = element("span", "", "who"), track = element("div", "", "track");
        who.append(element("b", processLabel), element("span", threadLabel));
        const start = a.started + offset;
        if (a.sent && a.sent < start) track.append(place(element("i", "", "wait"), a.sent, start));
        track.append(place(element("i", String(a.number)), start, a.finished + offset));
        lane.append(who, track);
        lanes.append(lane);
        processLabel = threadLabel = "";
      }
    }
  }
  const axis = element("div", "", "lane axis"), marks = element("div", "", "track");
  for (const part of [0, 0.5, 1]) {
    const mark = element("span", seconds(span * part));
    mark.style.left = `${100 * part}%`;
    marks.append(mark);
  }
  axis.append(element("div"), marks);
  lanes.append(axis);
  byId("timeline").replaceChildren(lanes);
}

function judge(answers) {
  const processes = grouped(answers, (a) => a.process);
  const threads = grouped(answers, (a) => `${a.process} ${a.thread}`);
  const together = peak(answers);
  const inside = Math.max(...[...processes.values()].map(peak));
  const took = Math.max(...answers.map((a) => a.finished)) - Math.min(...answers.map((a) => a.started));
  const asked = answers.reduce((sum, a) => sum + a.finished - a.started, 0);
  const parts = [
    `${plural(answers.length, "request")} went to ${plural(processes.size, "process")} and ${plural(threads.size, "thread")}.`,
    together > 1
      ? `Up to ${together} ran at once: ${seconds(asked)} of request time in ${seconds(took)}.`
      : "None overlapped: each waited until the one before had ended.",
  ];
  const lies = [];
  if (inside > 1 && !flags.multithread) lies.push("Requests overlapped inside one process, though wsgi.multithread is False.");
  if (processes.size > 1 && !flags.multiprocess) lies.push("Several processes answered, though wsgi.multiprocess is False.");
  if (!lies.length && inside > 1) parts.push("Threads of one process overlapped, as wsgi.multithread allows.");
  if (!lies.length && processes.size > 1) parts.push("Several processes took part, as wsgi.multiprocess says.");
  if (answers[0].work === "compute" && inside > 1 && took > 1.5 * Number(answers[0].asked))
    parts.push("They computed in turns: one interpreter’s lock lets one thread run Python at a time.");
  if (answers.length > 6) parts.push("(A browser sends six at a time to one server.)");
  byId("verdict").textContent = [...parts, ...lies].join(" ");
  byId("verdict").classList.toggle("bad", lies.length > 0);
}

function tabulate(answers) {
  const zero = Math.min(...answers.map((a) => a.started));
  byId("overlap-table").querySelector("div").replaceChildren(
    table(
      ["Request", "Process", "Thread", "Interpreter", "Started", "Finished"],
      answers.map((a) => [a.number, a.process, a.thread, a.interpreter, seconds(a.started - zero), seconds(a.finished - zero)]),
    ),
  );
}

const sendOverlapping = onSend("overlap-form", (text) => (byId("verdict").textContent = text), async (form) => {
  const count = Number(form.get("requests")), run = ++runs;
  const answers = [];
  performance.clearResourceTimings();
  byId("verdict").classList.remove("bad");
  byId("verdict").textContent = `${count} requests are under way.`;
  const one = async (number) => {
    answers.push({ ...(await askTimed(number, form, run)), asked: form.get("seconds") });
    draw(answers);
  };
  await Promise.all(Array.from({ length: count }, (_, index) => one(index + 1)));
  answers.sort((a, b) => a.number - b.number);
  judge(answers);
  tabulate(answers);
});
