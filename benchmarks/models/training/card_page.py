"""The model card for people."""

GRADIENT = {
    "forces, float64": "float64ForcesAgainstDifferences",
    "virial, float64": "float64VirialAgainstDifferences",
    "forces, float32": "float32ForcesAgainstFloat64",
}


def page(card, words):
    """The card for people, in Markdown. `words`: the sentences of its own, on "errors", "gradient" and "nve"."""
    parts = [
        f"# {card['title']}",
        card["description"],
        f"`{card['id']}.onnx`, made by `{card['madeBy']}`, license {card['license']}. The same as data: `{card['id']}.json`.",
    ]
    operations = f", {card['flopsPerAtom']:,} operations per atom ({card['flopsCounted']})" if "flopsPerAtom" in card else ""
    parts.append(f"{card['parameters']:,} parameters{operations}. Cutoff {card['cutoff']} A.")
    for name, splits in card["errors"].items():
        rows = []
        for split, figures in splits.items():
            numbers = (
                1e3 * figures["energyRmsePerAtom"],
                1e3 * figures["forceRmse"],
                1e3 * figures["forceMae"],
                1e3 * figures["forceRmsOfReference"],
            )
            rows.append([split, str(figures["frames"]), *(f"{value:.2f}" for value in numbers)])
        heading = [
            "frames of",
            "count",
            "energy RMSE (meV/atom)",
            "force RMSE (meV/A)",
            "force MAE (meV/A)",
            "RMS force (meV/A)",
        ]
        parts += [f"## Errors: {name.replace('-', ' ')}", table(heading, rows)]
    parts.append(f"{words['errors']} {card['errorsNote']}")
    columns = {name: key for name, key in GRADIENT.items() if key in next(iter(card["gradient"].values()))}
    rows = [[name, *(f"{figures[key]:.1e}" for key in columns.values())] for name, figures in card["gradient"].items()]
    parts += ["## Forces are the gradient", words["gradient"], table(["structure", *columns], rows)]
    step = card["cutoffStep"]
    parts.append(
        f"A neighbor crossing the cutoff changes the energy by {step['energy']:.0e} eV and the forces by {step['forces']:.0e} eV/A."
    )
    rows = [
        [
            name,
            f"{run['picoseconds']:g}",
            f"{run['meanTemperature']}",
            f"{run['driftPerAtomPerPs']:.1e}",
            f"{run['fluctuationPerAtom']:.1e}",
            f"{run['largestDeviationPerAtom']:.1e}",
        ]
        for name, run in card["nve"].items()
    ]
    parts += ["## Constant energy", words["nve"]]
    parts.append(table(["start", "ps", "mean T (K)", "drift per ps", "RMS fluctuation", "largest deviation"], rows))
    rows = [[n, str(cost["pairs"]), f"{cost['millisecondsPerCall']:.3f}"] for n, cost in card["cost"].items()]
    parts += ["## Cost", table(["atoms", "pairs listed", "ms a call"], rows), card["costNote"] + "."]
    training = card["training"]
    frames = ", ".join(f"{count} {split}" for split, count in training["frames"].items())
    parts += [
        "## Training",
        f"Data: {training['data']} Frames: {frames}.",
        f"Target: {training['target']}. {training['steps']} steps of {training['framesPerStep']} frames, seed {card['seed']}; {training['optimizer']}; loss: {training['loss']}.",
    ]
    parts += ["## Caveats", "\n".join(f"- {caveat}" for caveat in card["caveats"])]
    return "\n\n".join(parts) + "\n"


def table(head, rows):
    return "\n".join(["| " + " | ".join(row) + " |" for row in [head, ["---"] * len(head), *rows]])
