// Slices of one track must nest, each inside another or beside it: a viewer drops those that cross. They get further lanes.

export interface Span {
  /** ms */
  readonly start: number;
  readonly end: number;
}

/**
 * Lanes of slices that nest to the ns, each in the order begin, the longer first; spans that end before they begin are left out.
 * @param resolution ms by which a span may end after the one around it and is cut there: what its clock cannot tell
 */
export function nestedLanes<S extends Span>(spans: readonly S[], resolution = 0): S[][] {
  const lanes: { readonly spans: S[]; readonly open: number[] }[] = [];
  const sorted = spans
    .filter(({ start, end }) => end >= start)
    .sort((a, b) => nanoseconds(a.start) - nanoseconds(b.start) || nanoseconds(b.end) - nanoseconds(a.end));
  for (const span of sorted) {
    let lane = lanes.find(({ open }) => fits(open, span, resolution));
    if (lane === undefined) {
      lane = { spans: [], open: [] };
      lanes.push(lane);
    }
    const end = Math.min(span.end, lane.open.at(-1) ?? span.end);
    lane.spans.push(end === span.end ? span : { ...span, end });
    lane.open.push(end);
  }
  return lanes.map((lane) => lane.spans);
}

/** `open`: ends of the spans around the last one, the outermost first; those that are over by then are taken away. */
function fits(open: number[], { start, end }: Span, resolution: number): boolean {
  while (open.length > 0 && nanoseconds(open.at(-1)!) <= nanoseconds(start)) open.pop();
  return open.length === 0 || nanoseconds(end - resolution) <= nanoseconds(open.at(-1)!);
}

function nanoseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1e6);
}
