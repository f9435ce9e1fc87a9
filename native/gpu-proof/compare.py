"""Comparisons of two measurements of the same kernels, and a check of these comparisons on made-up numbers."""

from statistics import median


def by_name(pairs):
    """{name: [duration in µs, …]} from (name, duration) pairs."""
    durations = {}
    for name, duration in pairs:
        durations.setdefault(name, []).append(duration)
    return durations


def compare_kernels(ours, theirs):
    """Equal names and counts; medians within max(0.5 µs, 3 %); totals within 2 %. Returns (passed, numbers)."""
    problems = []
    for name in sorted(set(ours) | set(theirs)):
        a, b = ours.get(name, []), theirs.get(name, [])
        if len(a) != len(b):
            problems.append(f"{name[:80]}: {len(a)} against {len(b)} instances")
            continue
        apart = abs(median(a) - median(b))
        if apart > max(0.5, 0.03 * median(b)):
            problems.append(f"{name[:80]}: median {median(a):.2f} against {median(b):.2f} µs")
    total, other = sum(map(sum, ours.values())), sum(map(sum, theirs.values()))
    ratio = total / other if other > 0 else float("nan")
    if not abs(ratio - 1) <= 0.02:
        problems.append(f"total {total:.1f} against {other:.1f} µs")
    instances = sum(map(len, ours.values()))
    return not problems, {"kernels": len(ours), "instances": instances, "totalRatio": ratio, "problems": problems[:20]}


def is_attributed(kernels, steps, launched):
    """`launched(step)` kernels in every step, whose grids grow from step to step: each is where it was launched."""
    problems, last = [], 0
    for step in range(steps):
        grids = [kernel.grid[0] for kernel in kernels if kernel.step == step]
        if len(grids) != launched(step):
            problems.append(f"step {step}: {len(grids)} kernels, {launched(step)} were launched")
        elif min(grids) <= last or min(grids) != max(grids):
            problems.append(f"step {step}: grids {sorted(set(grids))} after {last}")
        last = max(grids, default=last)
    return not problems, {"steps": steps, "kernels": len(kernels), "problems": problems[:20]}


def self_check():
    """Truths that need no GPU; raises AssertionError."""
    same = {"a": [10.0, 11.0, 12.0], "b": [100.0, 101.0]}
    assert compare_kernels(same, same)[0]
    assert compare_kernels({**same, "a": [10.4, 11.4, 12.4]}, same)[0]
    assert not compare_kernels({**same, "a": [10.6, 11.6, 12.6]}, same)[0], "0.6 µs apart"
    assert compare_kernels({**same, "b": [101.0, 102.0]}, same)[0]
    assert not compare_kernels({**same, "b": [104.0, 105.0]}, same)[0], "4 % apart"
    assert not compare_kernels({**same, "b": [100.0]}, same)[0], "one is missing"
    assert not compare_kernels({"a": same["a"]}, same)[0], "a name is missing"
    assert not compare_kernels({}, {})[0], "nothing was measured"

    class Launched:
        def __init__(self, step, grid):
            self.step, self.grid = step, (grid, 1, 1)

    right = [Launched(step, step + 1) for step in range(4) for _ in range(2)]
    assert is_attributed(right, 4, lambda _: 2)[0]
    assert not is_attributed(right[1:], 4, lambda _: 2)[0], "one is missing"
    wrong = [*right[:-1], Launched(2, 4)]
    assert not is_attributed(wrong, 4, lambda _: 2)[0], "one is in the step before"
    swapped = [Launched([0, 2, 1, 3][k.step], k.grid[0]) for k in right]
    assert not is_attributed(swapped, 4, lambda _: 2)[0], "two steps are exchanged"
