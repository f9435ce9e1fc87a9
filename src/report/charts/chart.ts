// A chart is a Vega-Lite spec as data, shared by all cases, and small tables that differ from case to case.

import type { TopLevelSpec } from 'vega-lite';
import type { CaseView } from '../input.js';

/** Columns of equal length. */
export type Table = Readonly<Record<string, readonly (number | string | null)[]>>;

/** How finely long series are shown; lower where a page would grow too large. */
export interface Detail {
  /** Bins of a thinned series; each keeps its smallest and its largest value. */
  readonly bins: number;
}

export interface ChartContent {
  /** Which of the chart's specs: `linear` or `log` where the chart has both. */
  readonly variant: string;
  readonly tables: Readonly<Record<string, Table>>;
  /** What the picture shows, for those who cannot see it. */
  readonly summary: string;
  readonly caption: string;
  readonly legend: readonly LegendEntry[];
}

interface LegendEntry {
  readonly label: string;
  readonly color: string;
  /** How it is drawn; a line unless told. */
  readonly mark?: 'line' | 'dashed' | 'area' | 'dotted' | 'dot';
}

/** What a pointer or the arrow keys read off a chart. */
interface Readout {
  readonly table: string;
  readonly x: string;
  readonly xLabel: string;
  readonly y: string;
  readonly unit: string;
  /** Columns `low` and `high` are read off too, where the table has them. Column that tells series apart: */
  readonly series?: string;
  /** The Vega scale and the signal with the height of the plot. */
  readonly scale: string;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Signals that hold the width of a plot, set when the page is narrower or wider. */
  readonly widths: readonly string[];
  /** px that axes and padding need beside the plot. */
  readonly margin: number;
  readonly readout: Readout | null;
  /** What can be done with the chart, shown where scripts run. */
  readonly hint?: string;
  spec(variant: string): TopLevelSpec;
  /** Null where the case recorded nothing to draw. */
  content(view: CaseView, detail: Detail): ChartContent | null;
}

/** Width of a plot in the picture that needs no script, in px. */
export const plotWidth = 900;
