"""The run: rounds of every case with every server, interleaved, in an order that is shuffled."""

import pathlib
import random
import shlex
import tempfile
from dataclasses import asdict

from . import apache, facts, loads, measure, processes
from .servers import Place

OVERHEAD_SECONDS = 1.2


class Campaign:
    """What is going to be measured, and where. One thread; starts one server at a time."""

    def __init__(self, environment, forkloom, cases, servers, load, rounds, seed):
        self.environment = environment
        self.forkloom = forkloom
        self.cases = cases
        self.servers = servers
        self.load = load
        self.rounds = rounds
        self.seed = seed

    def place(self, folder, server, case, port):
        """A scratch folder of its own for one start of one server."""
        scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"{server.name}-", dir=folder))
        return Place(
            self.environment.venv,
            folder / "apps",
            scratch,
            self.forkloom,
            case.app,
            port,
            case.threads,
        )

    def order(self, shuffler):
        """One round: cases in random order, each case's servers next to each other in time."""
        cases = list(self.cases)
        shuffler.shuffle(cases)
        for case in cases:
            servers = [server for server in self.servers if server.start(case)]
            shuffler.shuffle(servers)
            for server in servers:
                yield case, server

    def run(self, tell):
        """All samples. `tell` is called with a line of progress after each."""
        shuffler = random.Random(self.seed)
        samples = []
        count = self.rounds * len(list(self.order(random.Random())))
        each = self.load.seconds + self.load.warm_up_seconds + OVERHEAD_SECONDS
        tell(f"{count} measurements, about {count * each / 60:.0f} minutes")
        with tempfile.TemporaryDirectory(prefix="forkloom-bench-") as name:
            folder = pathlib.Path(name)
            folder.chmod(0o755)
            loads.lay_out(folder / "apps")
            for number in range(1, self.rounds + 1):
                for case, server in self.order(shuffler):
                    place = self.place(folder, server, case, processes.free_port())
                    sample = measure.measure(number, case, server, place, self.load)
                    samples.append(sample)
                    tell(progress(sample, len(samples), count, self.rounds))
        return samples

    def described(self, server):
        """The server's record for the report, paths and numbers replaced by names.

        A key that begins with `file_` is there where the server serves static files.
        """
        record = {
            "name": server.name,
            "title": server.title,
            "version": self.environment.version(server, self.forkloom),
            "note": server.note,
        }
        if server.command:
            record["command"], record["configuration"] = self.described_start(server.command)
        if server.file_command:
            described = self.described_start(server.file_command)
            record["file_command"], record["file_configuration"] = described
        return record

    def described_start(self, command):
        """A command, and the text of the configuration file that it names or ""."""
        with tempfile.TemporaryDirectory() as name:
            scratch = pathlib.Path(name)
            apps = pathlib.Path("/folder-of-applications")
            place = Place(
                self.environment.venv, apps, scratch, self.forkloom, "APP", "PORT", "N"
            )
            words = shlex.join(without_rights(command(place)))
            text = "".join(file.read_text() for file in scratch.glob("*.conf"))
        names = {
            str(self.environment.venv): "$VENV",
            str(apps): "$APPS",
            str(scratch): "$SCRATCH",
            str(self.forkloom): "build/forkloom",
        }
        for path, word in names.items():
            words, text = words.replace(path, word), text.replace(path, word)
        return words, text


def without_rights(words):
    """The command without the words that only say whose rights Apache runs with."""
    rights = apache.as_nobody()
    return words[len(rights) :] if words[: len(rights)] == rights else words


def progress(sample, done, count, rounds):
    """One line about one sample."""
    head = f"[{done}/{count}] round {sample.round}/{rounds} {sample.case:14} {sample.server:17}"
    if sample.fault:
        return f"{head} FAILED: {sample.fault}"
    return (
        f"{head} {sample.requests_per_second:9,.0f}/s  p99 {sample.p99_us / 1000:8.2f} ms  "
        f"{sample.cpu_us_per_request:8.1f} µs CPU  {sample.memory_mib:6.1f} MiB"
    )


def results(campaign, skipped, samples, machine, ticks):
    """Everything the report is made of, ready for JSON. `ticks` were read before the run."""
    machine = dict(machine)
    stolen = facts.stolen_share(ticks, facts.processor_ticks())
    machine["Processor time stolen by the hypervisor"] = f"{stolen:.1%}"
    load = campaign.load
    return {
        "machine": machine,
        "rounds": campaign.rounds,
        "seconds": load.seconds,
        "warm_up_seconds": load.warm_up_seconds,
        "connections": load.connections,
        "is_pinned": load.cores is not None,
        "seed": campaign.seed,
        "cases": [asdict(case) for case in campaign.cases],
        "servers": [campaign.described(server) for server in campaign.servers],
        "skipped": skipped,
        "samples": [sample.record() for sample in samples],
    }
