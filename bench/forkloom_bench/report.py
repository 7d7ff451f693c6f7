"""The report: a table for the terminal, and docs/BENCHMARKS.md."""

import re

from . import summary

COLUMNS = (
    ("requests/s", "requests_per_second", 1, "{:,.0f}"),
    ("p50 ms", "p50_us", 1000, "{:,.2f}"),
    ("p99 ms", "p99_us", 1000, "{:,.2f}"),
    ("CPU µs/request", "cpu_us_per_request", 1, "{:,.1f}"),
    ("memory MiB", "memory_mib", 1, "{:,.1f}"),
)

INTRODUCTION = """\
# Benchmarks

Forkloom beside other WSGI servers, and beside nginx and Apache where static files are served: one
machine, one run, rounds interleaved. `make bench` measures again and writes this page and its
chart.

In each cell stands the median over the rounds ({rounds}) and, in brackets, the server's figure over
Forkloom's: below 1× in *requests/s* the server is slower than Forkloom, above 1× in the other
columns it takes longer, or more. A ratio is the median of the ratios within the same round, since
the two were measured within a minute of each other. *Spread* is highest minus lowest, over the
median, of requests/s: a difference smaller than the spread says nothing. A server marked * runs
with a difference that its note at the end of the page explains.
"""

METHOD = """\
## How it was measured

- Rounds: {rounds}. In each, the cases come in random order, and within a case the servers in random
  order (seed {seed}). Each measurement starts the server afresh, loads it {warm_up} s to warm up,
  {seconds} s to measure, and stops it.
- The load is wrk with one thread and {connections} connections on 127.0.0.1.
- {pinning}
- Before and after the load, three requests compare status and body byte by byte with the right
  answer. Under load, other statuses than 2xx and 3xx are not counted as requests served, answers
  shorter than the right one fail, and so do errors (status, connection, reading, writing, more than
  2 s of waiting) in more than 1 % of the requests. One failed round leaves the row without figures.
  Where a server closes a connection as HTTP lets it, but announces nothing, wrk sees a reading
  error: that is told among the remarks and no failure.
- CPU is user and system time of the server's whole process tree during the load, from `/proc`, over
  the requests answered. What the kernel does for both ends of a loopback connection falls to
  either, as it happens.
- Memory is the proportional set size of the process tree at the load's end: pages shared with
  programs outside the tree count in part.
- Latency is wrk's, from the request written to the answer read, with {connections} requests at a
  time: it says how evenly a loaded server answers, not how fast an idle one would.
- All servers run the same Python in one virtual environment, access log off, HTTP keep-alive on
  where they have it.
"""


def cell(row, column):
    """A figure and its ratio, as text."""
    _, name, divisor, form = column
    text = form.format(row.figures[name] / divisor)
    if name in row.ratios and row.server != summary.REFERENCE:
        text += f" ({row.ratios[name]:.2f}×)"
    return text


def table(results, case):
    """The header and the lines of one case, as lists of text; a fault is a line of two."""
    titles = {
        server["name"]: server["title"] + (" *" if server["note"] else "")
        for server in results["servers"]
    }
    lines = []
    for row in summary.rows(results, case):
        if row.fault:
            lines.append([titles[row.server], row.fault])
            continue
        cells = [cell(row, column) for column in COLUMNS]
        lines.append([titles[row.server], *cells, f"{row.spread:.0%}", "; ".join(row.remarks)])
    return ["server", *(column[0] for column in COLUMNS), "spread", "remarks"], lines


def terminal(results):
    """All tables, aligned for a terminal."""
    out = []
    for case in results["cases"]:
        header, lines = table(results, case["name"])
        whole = [header, *(line for line in lines if len(line) > 2)]
        widths = [max(len(line[i]) for line in whole) for i in range(len(header) - 1)]
        widths[0] = max([widths[0], *(len(line[0]) for line in lines)])
        out.append(f"\n{case['title']}")
        for line in [header, *lines]:
            if len(line) == 2:
                out.append(f"  {line[0]:{widths[0]}}  {line[1]}")
                continue
            numbers = "  ".join(f"{text:>{width}}" for text, width in zip(line[1:], widths[1:]))
            out.append(f"  {line[0]:{widths[0]}}  {numbers}  {line[-1]}".rstrip())
    for name, reason in results["skipped"].items():
        out.append(f"\nskipped {name}: {reason}")
    return "\n".join(out)


def escaped(text):
    """Text for a cell of a Markdown table."""
    return text.replace("|", "\\|").replace("\n", " ")


def markdown_table(results, case):
    header, lines = table(results, case)
    out = ["| " + " | ".join(header) + " |", "|---|" + "---:|" * (len(header) - 2) + "---|"]
    for line in lines:
        if len(line) == 2:
            line = [line[0], *[""] * (len(header) - 2), line[1]]
        cells = [escaped(text) for text in line]
        out.append("| " + " | ".join(cells) + " |")
    return "\n".join(out)


def machine(results):
    lines = [f"| {name} | {escaped(value)} |" for name, value in results["machine"].items()]
    return "\n".join(["## Machine", "", "| | |", "|---|---|", *lines])


def method(results):
    pinning = "Neither side is held to a core."
    if results["is_pinned"]:
        pinning = (
            "The server's whole process tree is held to one core and wrk to another, so the\n"
            "  figures are for one core, except in the case that says otherwise."
        )
    return METHOD.format(
        rounds=results["rounds"],
        seed=results["seed"],
        warm_up=results["warm_up_seconds"],
        seconds=results["seconds"],
        connections=results["connections"],
        pinning=pinning,
    )


def starts(server):
    """Each command of a server's record, with the text of its configuration file or ""."""
    for kind in ("", "file_"):
        if f"{kind}command" in server:
            yield kind, server[f"{kind}command"], server[f"{kind}configuration"]


def command_lines(results):
    """Version, note and exact command of each server, and the configuration files they name."""
    out = [
        "## Servers and their command lines",
        "",
        "`N` is the number of threads, `APP` the application's name, `$APPS` a copy of",
        "`bench/apps`, `$VENV` the bench's virtual environment, `$SCRATCH` an empty folder.",
        "",
    ]
    for server in results["servers"]:
        note = f" ({server['note']})" if server["note"] else ""
        out.append(f"- **{server['title']}** {server['version']}{note}")
        for kind, command, _ in starts(server):
            out.append(f"  `{command}`" + (" for static files" if kind else ""))
    for name, reason in results["skipped"].items():
        out.append(f"- **{name}** skipped: {reason}")
    for server in results["servers"]:
        for _, command, configuration in starts(server):
            if configuration:
                file = re.search(r"\$SCRATCH/(\w+\.conf)", command).group(1)
                language = "nginx" if file == "nginx.conf" else "apache"
                out += ["", f"{server['title']}, `{file}`:", ""]
                out += [f"```{language}", configuration.rstrip(), "```"]
    return "\n".join(out)


def markdown(results, chart):
    """The page. `chart` is the chart's file name beside it, or None."""
    parts = [INTRODUCTION.format(rounds=results["rounds"])]
    if chart:
        parts.append(f"![Requests per second of each server in each case]({chart})\n")
    for case in results["cases"]:
        parts.append(f"## {case['title']}\n\n{markdown_table(results, case['name'])}\n")
    parts.append(machine(results) + "\n")
    parts.append(method(results))
    parts.append(command_lines(results) + "\n")
    return "\n".join(parts)
