"""The chart: one panel per case, a bar per server. Run by the virtual environment's Python.

    python -m forkloom_bench.chart RESULTS.json CHART.svg|CHART.png
"""

import json
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

from forkloom_bench import summary  # noqa: E402

OURS, OTHERS, INK = "#c2410c", "#94a3b8", "#1e293b"
COLUMNS = 2


def panel(axes, case, rows, places, titles):
    """One case: bars of requests per second, labelled with the CPU time of one request.

    There is room for `places` bars, the same in each panel, so that all are equally thick.
    """
    speeds = [row.figures["requests_per_second"] for row in rows]
    colours = [OURS if row.server == summary.REFERENCE else OTHERS for row in rows]
    bars = axes.barh([titles[row.server] for row in rows], speeds, color=colours, height=0.7)
    words = [
        f"{speed:,.0f}/s · {row.figures['cpu_us_per_request']:,.0f} µs"
        for speed, row in zip(speeds, rows)
    ]
    axes.bar_label(bars, words, padding=4, fontsize=8, color=INK)
    axes.set_ylim(places - 0.5, -0.5)
    axes.set_title(case["title"], fontsize=10, loc="left", color=INK, fontweight="bold")
    axes.set_xlim(0, max(speeds, default=1) * 1.45)
    axes.set_xticks([])
    axes.tick_params(axis="y", labelsize=8, length=0, labelcolor=INK)
    for side in axes.spines.values():
        side.set_visible(False)


def draw(results, path):
    """Writes the chart; the suffix of `path` chooses the format."""
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "forkloom-bench",
                         "font.family": "sans-serif"})  # fmt: skip
    cases = results["cases"]
    titles = {server["name"]: server["title"] for server in results["servers"]}
    rows = [summary.rows(results, case["name"]) for case in cases]
    rows = [[row for row in of_case if row.figures] for of_case in rows]
    places = max([1, *(len(of_case) for of_case in rows)])
    height = 0.9 + 0.24 * places
    lines = -(-len(cases) // COLUMNS)
    figure, grid = plt.subplots(
        lines, COLUMNS, figsize=(13, height * lines + 0.6), squeeze=False, facecolor="white"
    )
    for axes, case, of_case in zip(grid.flat, cases, rows):
        panel(axes, case, of_case, places, titles)
    for axes in list(grid.flat)[len(cases) :]:
        axes.set_visible(False)
    figure.suptitle(
        "Requests per second (longer is better) and CPU time of one request",
        x=0.01, ha="left", fontsize=12, color=INK,
    )  # fmt: skip
    figure.tight_layout(h_pad=1.5, w_pad=2, rect=(0, 0, 1, 1 - 0.15 / lines / height))
    figure.savefig(path, dpi=110, metadata={"Date": None} if path.endswith(".svg") else None)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        draw(json.load(file), sys.argv[2])
