"""Adds the cases of a later run to the results of an earlier one. Pure."""

CONDITIONS = ("rounds", "seconds", "warm_up_seconds", "connections", "is_pinned")
MOMENTARY = ("Date", "Load average at start", "Processor time stolen by the hypervisor")


def difference(earlier, later):
    """What keeps the two from standing on one page, or None: both must be measured alike."""
    for name in CONDITIONS:
        if earlier[name] != later[name]:
            return f"{name} is {later[name]}, and was {earlier[name]}"
    for name in (name for name in earlier["machine"] if name not in MOMENTARY):
        if earlier["machine"][name] != later["machine"].get(name):
            return f"{name} is {later['machine'].get(name)}, and was {earlier['machine'][name]}"
    return None


def by_name(earlier, later):
    """The records of both, a later one in its namesake's place."""
    return list({record["name"]: record for record in [*earlier, *later]}.values())


def merged(earlier, later):
    """The results of both runs: a case that both measured is the later run's."""
    names = [case["name"] for case in later["cases"]]
    machine = dict(earlier["machine"])
    for fact in MOMENTARY:
        machine[fact] += f"; for {', '.join(names)}: {later['machine'][fact]}"
    kept = [sample for sample in earlier["samples"] if sample["case"] not in names]
    titles = {server["title"] for server in later["servers"]}
    skipped = {**earlier["skipped"], **later["skipped"]}
    return {
        **earlier,
        "machine": machine,
        "cases": by_name(earlier["cases"], later["cases"]),
        "servers": by_name(earlier["servers"], later["servers"]),
        "skipped": {title: why for title, why in skipped.items() if title not in titles},
        "samples": kept + later["samples"],
    }
