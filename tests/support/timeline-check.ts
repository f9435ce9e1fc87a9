// A strict reader of the Trace Event Format: what a viewer would draw wrong or leave out is a complaint.

interface Event {
  readonly ph: string;
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly id?: number;
  readonly args?: Record<string, unknown>;
}

export interface CheckedTimeline {
  readonly events: readonly Event[];
  readonly other: Record<string, unknown>;
  readonly complaints: readonly string[];
  /** Slices of a track, by the names of its process and thread. */
  slices(process: string | RegExp, thread: string | RegExp): Event[];
}

export function checkTimeline(text: string): CheckedTimeline {
  const parsed = JSON.parse(text) as { traceEvents: Event[]; otherData: Record<string, unknown> };
  const events = parsed.traceEvents;
  const processes = namesOf(events, 'process_name', ({ pid }) => `${pid}`);
  const threads = namesOf(events, 'thread_name', ({ pid, tid }) => `${pid}/${tid}`);
  const slices = events.filter(({ ph }) => ph === 'X');
  return {
    events,
    other: parsed.otherData,
    complaints: [
      ...fields(events),
      ...unnamed(slices, processes, threads),
      ...crossing(slices),
      ...arrows(events),
    ],
    slices: (process, thread) =>
      slices.filter(
        ({ pid, tid }) =>
          matches(processes.get(`${pid}`), process) && matches(threads.get(`${pid}/${tid}`), thread),
      ),
  };
}

function matches(name: string | undefined, wanted: string | RegExp): boolean {
  return name !== undefined && (typeof wanted === 'string' ? name === wanted : wanted.test(name));
}

function namesOf(events: readonly Event[], kind: string, key: (event: Event) => string): Map<string, string> {
  return new Map(
    events
      .filter(({ ph, name }) => ph === 'M' && name === kind)
      .map((one) => [key(one), String(one.args?.name)]),
  );
}

function fields(events: readonly Event[]): string[] {
  return events.flatMap((event) => {
    const { ph, name, ts, dur } = event;
    const timed = ph !== 'M';
    const wrong =
      typeof name !== 'string' ||
      !Number.isInteger(event.pid) ||
      !Number.isInteger(event.tid) ||
      (timed && !(Number.isFinite(ts) && ts! >= 0)) ||
      (ph === 'X' && !(Number.isFinite(dur) && dur! >= 0));
    return wrong ? [`fields: ${JSON.stringify(event)}`] : [];
  });
}

function unnamed(
  slices: readonly Event[],
  processes: Map<string, string>,
  threads: Map<string, string>,
): string[] {
  return slices.flatMap(({ pid, tid, name }) =>
    processes.has(`${pid}`) && threads.has(`${pid}/${tid}`) ? [] : [`unnamed track: ${name} ${pid}/${tid}`],
  );
}

/** Two slices of a track either lie one in the other or do not touch, to the nanosecond. */
function crossing(slices: readonly Event[]): string[] {
  return [...byTrack(slices).values()].flatMap((track) => {
    const open: number[] = [];
    const sorted = [...track].sort((a, b) => a.ts! - b.ts! || b.dur! - a.dur!);
    return sorted.flatMap((one) => {
      const [begin, end] = [nanoseconds(one.ts!), nanoseconds(one.ts!) + nanoseconds(one.dur!)];
      while (open.length > 0 && open.at(-1)! <= begin) open.pop();
      const crosses = open.length > 0 && end > open.at(-1)!;
      open.push(end);
      return crosses ? [`crossing: ${one.name} at ${one.ts}`] : [];
    });
  });
}

function byTrack(slices: readonly Event[]): Map<string, Event[]> {
  const tracks = new Map<string, Event[]>();
  for (const one of slices) tracks.set(trackOf(one), [...(tracks.get(trackOf(one)) ?? []), one]);
  return tracks;
}

const trackOf = ({ pid, tid }: Event) => `${pid}/${tid}`;
const nanoseconds = (time: number) => Math.round(1000 * time);

/** Every arrow has one begin and one end, in this order; its number is a number: Perfetto refuses others. */
function arrows(events: readonly Event[]): string[] {
  const begins = new Map(events.filter(({ ph }) => ph === 's').map(({ id, ts }) => [id, ts!]));
  const ends = events.filter(({ ph }) => ph === 'f');
  const lonely = ends.filter(({ id, ts }) => !begins.has(id) || begins.get(id)! > ts!);
  const twice = events.filter(({ ph }) => ph === 's').length - begins.size + (ends.length - begins.size);
  const refused = [...begins.keys()].filter((id) => !Number.isInteger(id));
  return [
    ...refused.map((id) => `arrow without a number: ${id}`),
    ...lonely.map(({ id }) => `arrow: ${id}`),
    ...(twice === 0 ? [] : [`arrows: ${twice} unpaired`]),
  ];
}
