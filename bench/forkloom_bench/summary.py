"""Medians and ratios of the samples. Pure: the same samples give the same figures."""

import statistics
from dataclasses import dataclass, field

REFERENCE = "forkloom"
FIGURES = ("requests_per_second", "p50_us", "p99_us", "cpu_us_per_request", "memory_mib")
STARVING_SHARE = 0.5
SATURATED_SHARE = 0.95


@dataclass
class Row:
    """One server in one case. `figures` and `ratios` are by name; both are empty after a fault.

    A ratio is the server's figure over the reference's, the median over rounds of what both gave
    in the same round. `spread` is (highest - lowest) / median of the requests per second.
    """

    server: str
    figures: dict[str, float] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    spread: float = 0.0
    remarks: list[str] = field(default_factory=list)
    fault: str | None = None


def ratio(pairs):
    """The median of the quotients, leaving out pairs without a divisor; None without any."""
    quotients = [figure / reference for figure, reference in pairs if reference]
    return statistics.median(quotients) if quotients else None


def remarks(samples, connections):
    """What a reader must know beside the figures."""
    found = []
    errors = sum(sample["errors"] for sample in samples)
    if errors:
        found.append(f"{errors} errors")
    closings = statistics.median(sample["closings"] for sample in samples)
    if closings:
        found.append(f"closed {closings:.0f} connections without announcing it")
    served = [sample["served_connections"] for sample in samples if sample["keeps_alive"]]
    served = [count for count in served if count is not None]
    if served and statistics.median(served) < connections * STARVING_SHARE:
        at_once = f"{statistics.median(served):.0f} of {connections}"
        found.append(f"answers only about {at_once} connections")
    if statistics.median(sample["load_core_share"] for sample in samples) > SATURATED_SHARE:
        found.append("wrk at its limit: more may be possible")
    return found


def row(server, samples, references, connections):
    """A server's row from its samples in one case and the reference's."""
    result = Row(server)
    faults = [sample["fault"] for sample in samples if sample["fault"]]
    if faults:
        result.fault = f"failed in {len(faults)} of {len(samples)} rounds: {faults[0]}"
        return result
    by_round = {sample["round"]: sample for sample in references if not sample["fault"]}
    for name in FIGURES:
        result.figures[name] = statistics.median(sample[name] for sample in samples)
        pairs = [
            (sample[name], by_round[sample["round"]][name])
            for sample in samples
            if sample["round"] in by_round
        ]
        quotient = ratio(pairs)
        if quotient is not None:
            result.ratios[name] = quotient
    speeds = [sample["requests_per_second"] for sample in samples]
    result.spread = (max(speeds) - min(speeds)) / statistics.median(speeds)
    result.remarks = remarks(samples, connections)
    return result


def rows(results, case):
    """The rows of one case: the reference first, then by requests per second, faults last."""
    of_case = [sample for sample in results["samples"] if sample["case"] == case]
    references = [sample for sample in of_case if sample["server"] == REFERENCE]
    found = []
    for server in results["servers"]:
        samples = [sample for sample in of_case if sample["server"] == server["name"]]
        if samples:
            found.append(row(server["name"], samples, references, results["connections"]))
    return sorted(
        found,
        key=lambda r: (
            r.server != REFERENCE,
            r.fault is not None,
            -r.figures.get("requests_per_second", 0.0),
        ),
    )
