// From a chart's spec and tables to a picture without scripts, and to what a page needs to draw it again.

import type { Runtime, Spec } from 'vega';
import type { Chart, ChartContent, Table } from './chart.js';
import { type Compiled, createExpressions, expressionName } from './expressions.js';
import { chartConfig } from './style.js';

interface Drawing {
  /** Names one of the `specs` of the studio. */
  readonly spec: string;
  readonly svg: string;
}

/** Draws the charts of one page and gathers what is common to them. */
export interface Studio {
  draw(chart: Pick<Chart, 'id' | 'spec'>, content: ChartContent, id: string): Promise<Drawing>;
  /** Vega specs by name, and the functions in them as JavaScript, by `expressionName`. */
  readonly specs: ReadonlyMap<string, Spec>;
  readonly functions: ReadonlyMap<string, string>;
}

export function createStudio(): Studio {
  const specs = new Map<string, Spec>();
  const runtimes = new Map<string, Runtime>();
  const functions = new Map<string, string>();
  const expr = createExpressions(recordInto(functions));
  return {
    specs,
    functions,
    async draw(chart, content, id) {
      // Vega is a third of all that there is to load: only where a chart is drawn.
      const [{ parse, View }, { compile }] = await Promise.all([import('vega'), import('vega-lite')]);
      const name = `${chart.id}-${content.variant}`;
      let runtime = runtimes.get(name);
      if (!runtime) {
        const spec = compile(chart.spec(content.variant), { config: chartConfig, logger: silent }).spec;
        runtime = parse(spec);
        specs.set(name, spec);
        runtimes.set(name, runtime);
      }
      const view = new View(runtime, { renderer: 'none', expr });
      for (const [table, columns] of Object.entries(content.tables)) view.data(table, rowsOf(columns));
      const svg = await view.toSVG();
      view.finalize();
      return { spec: name, svg: tidied(svg, id) };
    },
  };
}

export function rowsOf(table: Table): Record<string, number | string | null>[] {
  const names = Object.keys(table);
  return Array.from({ length: table[names[0]!]?.length ?? 0 }, (_, k) =>
    Object.fromEntries(names.map((name) => [name, table[name]![k]!])),
  );
}

/** Builds each function once and keeps its text. */
function recordInto(functions: Map<string, string>): (parameters: string, body: string) => Compiled {
  const built = new Map<string, Compiled>();
  return (parameters, body) => {
    const name = expressionName(parameters, body);
    const text = `function(${parameters}){${body}}`;
    const known = functions.get(name);
    if (known !== undefined && known !== text)
      throw new Error(`Two chart expressions share the name ${name}.`);
    functions.set(name, text);
    const found = built.get(name) ?? (new Function(...parameters.split(','), body) as Compiled);
    built.set(name, found);
    return found;
  };
}

/** Ids that are unique on the page, a tenth of a pixel, the font and colors of the page, and nothing that draws nothing. */
function tidied(svg: string, id: string): string {
  const clips = new Map<string, string>();
  const clip = (name: string) => {
    if (!clips.has(name)) clips.set(name, `${id}-clip${clips.size + 1}`);
    return clips.get(name)!;
  };
  return svg
    .replace(/<svg [^>]*?viewBox="([^"]*)"[^>]*>/, (_, box: string) => {
      const [, , width] = box.split(' ');
      return `<svg viewBox="${box}" width="${width}" role="presentation" focusable="false">`;
    })
    .replace(/ (?:role="graphics-[^"]*"|aria-[a-z]+="[^"]*"|pointer-events="none"|font-family="[^"]*")/g, '')
    .replace(/<path class="(?:foreground|background)"(?: d="[^"]*")?(?: display="none")?\/>/g, '')
    .replace(/(id="|url\(#)(clip\d+)/g, (_, before: string, name: string) => before + clip(name))
    .replace(
      / (d|transform)="([^"]*)"/g,
      (_, name: string, value: string) => ` ${name}="${value.replace(/(\.\d)\d+/g, '$1')}"`,
    );
}

const silent = {
  level: () => silent,
  error: (...text: readonly unknown[]) => {
    throw new Error(text.join(' '));
  },
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never;
