// The page's own script: draws each chart again, interactive, when it comes near the screen. Nothing is fetched or evaluated.

import { createExpressions, expressionName } from '../charts/expressions.js';

/** @param functions chart expressions by name, as JavaScript */
export function pageScript(functions: ReadonlyMap<string, string>): string {
  const table = [...functions].map(([name, text]) => `${name}:${text}`).join(',\n');
  return `'use strict';
(() => {
const compiled = {${table}};
const createExpressions = ${createExpressions.toString()};
const expressionName = ${expressionName.toString()};
${client}
})();`;
}

const client = String.raw`
const root = document.documentElement;
const toggle = document.getElementById('theme');
const darkQuery = matchMedia('(prefers-color-scheme: dark)');
const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : darkQuery.matches;
const showTheme = () => { toggle.textContent = isDark() ? 'Light' : 'Dark'; toggle.setAttribute('aria-pressed', String(isDark())); };
try { const kept = localStorage.getItem('mdbench-theme'); if (kept === 'dark' || kept === 'light') root.dataset.theme = kept; } catch {}
toggle.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  try { localStorage.setItem('mdbench-theme', root.dataset.theme); } catch {}
  showTheme();
});
darkQuery.addEventListener('change', showTheme);
toggle.hidden = false;
showTheme();

addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((one) => { one.open = true; }));

for (const button of document.querySelectorAll('button[data-download]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const text = document.getElementById(button.dataset.download).textContent;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
}

const { specs, charts } = JSON.parse(document.getElementById('chart-data').textContent);
const rowsOf = (table) => {
  const names = Object.keys(table);
  return table[names[0]].map((_, k) => Object.fromEntries(names.map((name) => [name, table[name][k]])));
};
const expr = createExpressions((parameters, body) => compiled[expressionName(parameters, body)]);

const begun = new Set();
const draw = async (figure) => {
  if (begun.has(figure)) return;
  begun.add(figure);
  const chart = charts[figure.id];
  const plot = figure.querySelector('.plot');
  const kind = specs[chart.spec];
  const holder = document.createElement('div');
  const view = new vega.View(vega.parse(kind.vega), { renderer: 'svg', container: holder, hover: false, expr });
  for (const [name, table] of Object.entries(chart.tables)) view.data(name, rowsOf(table));
  const fit = () => {
    const width = Math.max(140, Math.floor(plot.clientWidth) - kind.margin);
    for (const name of kind.widths) view.signal(name, width);
    return view.runAsync();
  };
  await fit();
  plot.replaceChildren(holder);
  figure.classList.add('drawn');
  let last = plot.clientWidth;
  new ResizeObserver(() => {
    if (plot.clientWidth === last || plot.clientWidth === 0) return;
    last = plot.clientWidth;
    fit();
  }).observe(plot);
  if (kind.readout) readOut(figure, plot, view, chart, kind.readout);
};

const readOut = (figure, plot, view, chart, { table, x, xLabel, y, unit, series, scale }) => {
  const columns = chart.tables[table];
  const signed = (value) => String(value).replace('-', '\u2212');
  const bySeries = new Map();
  columns[x].forEach((at, k) => {
    const name = series ? columns[series][k] : '';
    if (!bySeries.has(name)) bySeries.set(name, []);
    if (columns[y][k] === null) return;
    const range = columns.low ? ' (' + signed(columns.low[k]) + ' to ' + signed(columns.high[k]) + ')' : '';
    bySeries.get(name).push([at, signed(columns[y][k]) + range]);
  });
  const first = [...bySeries.values()][0] || [];
  const cursor = document.createElement('div');
  const reading = document.createElement('div');
  cursor.className = 'cursor';
  reading.className = 'reading';
  reading.setAttribute('role', 'status');
  plot.append(cursor, reading);
  const hide = () => { cursor.hidden = true; reading.hidden = true; };
  hide();
  const nearest = (points, at) => {
    let low = 0, high = points.length - 1;
    while (high - low > 1) { const middle = (low + high) >> 1; if (points[middle][0] < at) low = middle; else high = middle; }
    return Math.abs(points[low][0] - at) <= Math.abs(points[high][0] - at) ? low : high;
  };
  let place = -1;
  const show = (at) => {
    const axis = view.scale(scale);
    place = nearest(first, at);
    const here = first[place][0];
    const left = view.origin()[0] + axis(here);
    reading.replaceChildren();
    const line = (text) => { const div = document.createElement('div'); div.textContent = text; reading.append(div); };
    line(xLabel === 'ps' ? here + ' ps' : xLabel + ' ' + here);
    for (const [name, points] of bySeries) {
      if (points.length) line((name ? name + ' ' : '') + points[nearest(points, here)][1] + ' ' + unit);
    }
    cursor.hidden = reading.hidden = false;
    cursor.style.left = left + 'px';
    const room = plot.clientWidth - left;
    reading.style.left = room > reading.offsetWidth + 14 ? left + 10 + 'px' : Math.max(0, left - reading.offsetWidth - 10) + 'px';
    reading.style.top = '6px';
  };
  plot.addEventListener('pointermove', (event) => {
    const [from, to] = view.scale(scale).range();
    const at = event.clientX - plot.getBoundingClientRect().left - view.origin()[0];
    if (!first.length || at < from - 8 || at > to + 8) hide();
    else show(view.scale(scale).invert(at));
  });
  plot.addEventListener('pointerleave', hide);
  figure.tabIndex = 0;
  figure.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageDown: 20, PageUp: -20 }[event.key];
    if (event.key === 'Escape') hide();
    if (!step || !first.length) return;
    event.preventDefault();
    show(first[Math.min(first.length - 1, Math.max(0, place + step))][0]);
  });
  figure.addEventListener('blur', hide);
};

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(target);
  }
}, { rootMargin: '400px 0px' });
const figures = [...document.querySelectorAll('figure.chart')];
for (const figure of figures) near.observe(figure);
const whenIdle = window.requestIdleCallback || ((next) => setTimeout(next, 60));
const drawNext = () => {
  const figure = figures.shift();
  if (!figure) return;
  draw(figure);
  whenIdle(drawNext);
};
whenIdle(drawNext);
`;
