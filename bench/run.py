#!/usr/bin/env python3
"""Measures Forkloom beside other servers. See README.md beside this file."""

import argparse
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys

from forkloom_bench import (
    campaign,
    environment,
    facts,
    loads,
    measure,
    merge,
    processes,
    report,
    servers,
    summary,
)

BENCH = pathlib.Path(__file__).resolve().parent
ROOT = BENCH.parent


def names(text):
    return [name for name in text.split(",") if name]


def arguments(argv):
    parser = argparse.ArgumentParser(description=__doc__, prog="bench/run.py")
    known = ",".join(server.name for server in servers.SERVERS)
    parser.add_argument("--servers", type=names, metavar="A,B", help=f"only these: {known}")
    known = ",".join(case.name for case in loads.CASES)
    parser.add_argument("--cases", type=names, metavar="A,B", help=f"only these: {known}")
    parser.add_argument("--rounds", type=int, help="rounds (default 3)")
    parser.add_argument("--seconds", type=int, help="seconds of load per measurement (default 2)")
    parser.add_argument("--connections", type=int, default=64, help="default %(default)s")
    parser.add_argument("--seed", type=int, default=1, help="of the order (default %(default)s)")
    parser.add_argument(
        "--pin",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="hold the server to one core and wrk to another (default: yes, with two cores)",
    )
    parser.add_argument("--quick", action="store_true", help="1 round of 1 s: a smoke test")
    parser.add_argument("--forkloom", type=pathlib.Path, default=ROOT / "build" / "forkloom")
    parser.add_argument("--cache", type=pathlib.Path, default=environment.default_cache())
    parser.add_argument(
        "--output",
        type=pathlib.Path,
        help="the page to write (default docs/BENCHMARKS.md; none after a partial or quick run)",
    )
    parser.add_argument("--json", type=pathlib.Path, help="also write the raw samples here")
    parser.add_argument("--from-json", type=pathlib.Path, help="no run: report on these samples")
    parser.add_argument(
        "--add-to",
        type=pathlib.Path,
        metavar="JSON",
        help="add this run's cases to those samples, and report on all",
    )
    options = parser.parse_args(argv)
    for option, given, all_known in (
        ("--servers", options.servers, [server.name for server in servers.SERVERS]),
        ("--cases", options.cases, [case.name for case in loads.CASES]),
    ):
        unknown = [name for name in given or [] if name not in all_known]
        if unknown:
            parser.error(f"{option}: no {', '.join(unknown)}; there are {', '.join(all_known)}")
    is_partial = options.quick or options.servers or options.cases
    if options.output is None and not is_partial:
        options.output = ROOT / "docs" / "BENCHMARKS.md"
    options.rounds = options.rounds or (1 if options.quick else 3)
    options.seconds = options.seconds or (1 if options.quick else 2)
    return options


def tell(line):
    print(line, flush=True)


def available(options, place, cases):
    """The servers that can run here, and why each of the others is skipped."""
    if options.servers:
        wanted = [server for server in servers.SERVERS if server.name in options.servers]
    else:
        wanted = [server for server in servers.SERVERS if server.is_default]
    wanted = [server for server in wanted if any(server.start(case) for case in cases)]
    found, skipped = [], {}
    for server in wanted:
        reason = place.missing(server, options.forkloom)
        if reason:
            reason = reason.replace(str(ROOT) + "/", "")
            skipped[server.title] = reason
            tell(f"skipped {server.title}: {reason}")
        else:
            found.append(server)
    return found, skipped


def prepare(options):
    """wrk and the virtual environment; ends the program with one line where it can't be had."""
    place = environment.Environment(options.cache)
    fault = None if shutil.which("wrk") else place.need_debian(["wrk"])
    fault = fault or place.make() or place.need(["flask", "matplotlib"])
    if fault:
        sys.exit(f"bench: {fault}")
    return place


def run(options, place):
    """All the measuring: the results, ready for JSON."""
    cases = [case for case in loads.CASES if not options.cases or case.name in options.cases]
    found, skipped = available(options, place, cases)
    if not found:
        sys.exit("bench: no server to measure")
    cores = measure.two_cores() if options.pin else None
    warm_up = 0 if options.quick else 1
    load = measure.Load(options.connections, options.seconds, warm_up, cores)
    job = campaign.Campaign(
        place, options.forkloom.resolve(), cases, found, load, options.rounds, options.seed
    )
    machine, ticks = facts.collect(), facts.processor_ticks()
    if os.getloadavg()[0] > 0.5:
        tell(f"warning: the machine is busy (load average {os.getloadavg()[0]:.2f})")
    samples = job.run(tell)
    return campaign.results(job, skipped, samples, machine, ticks)


def added(earlier, results):
    """The results of both runs; ends the program, leaving all files, where they differ in kind."""
    fault = merge.difference(earlier, results)
    if fault:
        print(report.terminal(results))
        sys.exit(f"bench: not added to the earlier samples: {fault}")
    return merge.merged(earlier, results)


def write(options, place, results, raw):
    """The page and its chart beside it."""
    options.output.parent.mkdir(parents=True, exist_ok=True)
    chart = options.output.with_name(options.output.stem.lower() + ".svg")
    argv = [str(place.python), "-m", "forkloom_bench.chart", str(raw), str(chart.resolve())]
    done = subprocess.run(argv, cwd=BENCH, capture_output=True, text=True)
    if done.returncode != 0:
        tell(f"no chart: {environment.last_line(done.stderr)}")
    name = chart.name if done.returncode == 0 else None
    options.output.write_text(report.markdown(results, name), encoding="utf-8")
    tell(f"\nwrote {options.output}" + (f" and {chart.name}" if name else ""))


def main(argv):
    options = arguments(argv)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    processes.adopt_orphans()
    place = prepare(options)
    earlier = json.loads(options.add_to.read_text(encoding="utf-8")) if options.add_to else None
    raw = (options.json or options.cache / "latest.json").resolve()
    if options.from_json:
        results = json.loads(options.from_json.read_text(encoding="utf-8"))
    else:
        results = run(options, place)
    if earlier:
        results = added(earlier, results)
    if options.from_json and not earlier:
        raw = options.from_json.resolve()
    else:
        raw.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(report.terminal(results))
    if options.output:
        write(options, place, results, raw)
    ours = [sample for sample in results["samples"] if sample["server"] == summary.REFERENCE]
    return 1 if any(sample["fault"] for sample in ours) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
