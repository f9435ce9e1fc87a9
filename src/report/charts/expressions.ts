// Vega builds functions from text while it runs, which a strict page forbids. Here they are found ready-made: built from
// the same text when the report is made, written into the page as functions. Both sides run this file's code.

export type Compiled = (...values: never[]) => unknown;

interface Context {
  readonly functions?: object;
}
interface Code {
  readonly code: string;
}
interface Encoder {
  readonly marktype: string;
  readonly channels: Readonly<Record<string, Code>>;
}
interface Item {
  [channel: string]: unknown;
}

/**
 * What Vega's `View` takes as its option `expr`. Self-contained: its own text is written into the page.
 * @param find the function with these parameters (a comma list) and this body
 */
export function createExpressions(find: (parameters: string, body: string) => Compiled) {
  const bound = (context: Context, parameters: string, body: string) => {
    const found = find(parameters, body);
    return context?.functions ? found.bind(context.functions as never) : found;
  };
  const result = (code: string) => (code.endsWith(';') ? code : `return(${code});`);

  /** A mark may be placed by its other edge or its center. */
  const place = (
    item: Item,
    has: Encoder['channels'],
    axis: 'x' | 'y',
    size: 'width' | 'height',
    swap: boolean,
  ) => {
    const [far, middle] = [`${axis}2`, `${axis}c`];
    const read = (name: string) => Number(item[name]);
    if (has[far] && has[axis]) {
      if (swap && read(axis) > read(far)) [item[axis], item[far]] = [item[far], item[axis]];
      item[size] = read(far) - read(axis);
    } else if (has[far]) item[axis] = read(far) - (read(size) || 0);
    if (has[middle]) item[axis] = read(middle) - (read(size) || 0) / 2;
  };

  return {
    operator: (context: Context, { code }: Code) => bound(context, '_', result(code)),
    parameter: (context: Context, { code }: Code) => bound(context, 'datum,_', result(code)),
    event: (context: Context, { code }: Code) => bound(context, 'event', result(code)),
    handler: (context: Context, { code }: Code) =>
      bound(context, '_,event', `var datum=event.item&&event.item.datum;return ${code};`),
    encode: (context: Context, { marktype, channels }: Encoder) => {
      const setters = Object.keys(channels).map((name) => {
        const body = `var o=item,datum=o.datum,m=0,$;return(${channels[name]!.code});`;
        return {
          name,
          value: bound(context, 'item,_', body) as unknown as (item: Item, other: unknown) => unknown,
        };
      });
      const swap = marktype === 'rect' || marktype === 'group' || marktype === 'image';
      return (item: Item, other: unknown) => {
        let changed = 0;
        for (const { name, value } of setters) {
          const next = value(item, other);
          if (item[name] !== next) {
            item[name] = next;
            changed = 1;
          }
        }
        if (marktype !== 'rule') {
          place(item, channels, 'x', 'width', swap);
          place(item, channels, 'y', 'height', swap);
        }
        return changed;
      };
    },
  };
}

/** Self-contained: a short name for a function by its text (FNV-1a). */
export function expressionName(parameters: string, body: string): string {
  let hash = 0x811c9dc5;
  for (const character of `${parameters}|${body}`) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  }
  return `f${(hash >>> 0).toString(36)}`;
}
