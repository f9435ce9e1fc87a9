// One chart on the page: title, legend, picture, caption; the script draws it again from the tables.

import type { Studio } from '../charts/draw.js';
import type { Chart, ChartContent } from '../charts/index.js';
import { compareHeadings, headings } from '../words/index.js';
import { type Html, html, raw } from './markup.js';

/** What the page's script needs of a chart. */
interface ChartData {
  readonly spec: string;
  readonly tables: ChartContent['tables'];
}

export interface Gallery {
  readonly studio: Studio;
  readonly data: Map<string, ChartData>;
  /** Width, margin and readout of each spec. */
  readonly kinds: Map<string, Pick<Chart, 'widths' | 'margin' | 'readout'>>;
}

export type DrawnChart = Pick<Chart, 'id' | 'title' | 'widths' | 'margin' | 'readout' | 'spec' | 'hint'>;

export async function figureOf(
  gallery: Gallery,
  chart: DrawnChart,
  content: ChartContent,
  key: string,
): Promise<Html> {
  const id = `${key}-chart-${chart.id}`;
  const { spec, svg } = await gallery.studio.draw(chart, content, id);
  gallery.data.set(id, { spec, tables: content.tables });
  gallery.kinds.set(spec, { widths: chart.widths, margin: chart.margin, readout: chart.readout });
  /** A chart that is a whole section has its title above it already. */
  const above: readonly string[] = [...Object.values(headings), ...Object.values(compareHeadings)];
  const titled = !above.includes(chart.title);
  const legend = content.legend.map(
    ({ label, color, mark }) =>
      html`<span><i class="key ${mark ?? 'line'}" style="--key:${color}"></i>${label}</span>`,
  );
  return html`<figure class="chart" id="${id}" role="group" aria-label="${`${chart.title}. ${content.summary}`}">
${(titled || legend.length > 0) && html`<div class="head">${titled && html`<strong>${chart.title}</strong>`}${legend.length > 0 && html`<div class="legend">${legend}</div>`}</div>`}
<div class="plot">${raw(svg)}</div>
<figcaption>${content.caption}${chart.hint && html`<span class="hint"> ${chart.hint}</span>`}</figcaption></figure>`;
}
