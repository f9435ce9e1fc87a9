// The look of the page: one column, light and dark from one set of variables, printable, readable at 400 px.

const light = `
  color-scheme: light;
  --page: #fafaf9; --surface: #ffffff; --text: #1b1d21; --muted: #5f6671; --line: #e3e4e1;
  --grid: #ebece9; --rule: #c3c6cb; --band: #8a8f9833; --link: #0b5cad; --drift-band: #d55e0038; --tolerated: #1a7a4824;
  --pass: #1a7a48; --warn: #8f5f00; --fail: #bb2d25; --inconclusive: #5548b8; --none: #5f6671;
  --series-1: #0072b2; --series-2: #d55e00; --series-3: #00876a; --series-4: #a8558c; --series-5: #8a7000;`;

const dark = `
  color-scheme: dark;
  --page: #131518; --surface: #1a1d21; --text: #e9eaec; --muted: #a0a7b1; --line: #2c3036;
  --grid: #292d33; --rule: #4a5058; --band: #9aa1ac33; --link: #7ab8f5; --drift-band: #f08a4b40; --tolerated: #5cc98c2e;
  --pass: #5cc98c; --warn: #e0b04a; --fail: #f1827a; --inconclusive: #aba2f5; --none: #a0a7b1;
  --series-1: #56b4e9; --series-2: #f08a4b; --series-3: #3ecf9f; --series-4: #dd9ac4; --series-5: #e0c23d;`;

export const pageStyle = `
:root {${light}}
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) {${dark}} }
:root[data-theme="dark"] {${dark}}
@media print { :root, :root[data-theme="dark"] {${light}} }
* { box-sizing: border-box; }
html { scroll-padding-top: 64px; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
a { color: var(--link); text-underline-offset: 2px; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3, p, dl, dd, ul, ol, figure { margin: 0; }
h1 { font-size: 28px; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 22px; line-height: 1.25; letter-spacing: -0.01em; font-weight: 650; overflow-wrap: anywhere; }
h3 { font-size: 16px; line-height: 1.35; font-weight: 650; }
.num, td, .tile-value, .tile-interval { font-variant-numeric: tabular-nums; }
.muted { color: var(--muted); }
.skip { position: absolute; left: -999px; }
.skip:focus { left: 12px; top: 12px; background: var(--surface); padding: 6px 12px; z-index: 3; }

.bar { position: sticky; top: 0; z-index: 2; background: var(--page); border-bottom: 1px solid var(--line); }
.bar-inner { max-width: 1060px; margin: 0 auto; padding: 0 28px; height: 48px; display: flex; align-items: center; gap: 22px; }
.brand { font-weight: 700; letter-spacing: -0.01em; }
.bar nav { flex: 1; min-width: 0; display: flex; gap: 18px; overflow-x: auto; scrollbar-width: none; white-space: nowrap; }
.bar nav a { color: var(--muted); text-decoration: none; font-size: 14px; padding: 4px 0; }
.bar nav a:hover { color: var(--text); }
button, .button { font: inherit; font-size: 13px; color: var(--text); background: var(--surface); border: 1px solid var(--rule);
  border-radius: 6px; padding: 4px 12px; cursor: pointer; text-decoration: none; white-space: nowrap; }
button:hover, .button:hover { border-color: var(--muted); }

main { max-width: 1060px; margin: 0 auto; padding: 30px 28px 64px; }
.eyebrow { color: var(--muted); font-size: 13px; margin-bottom: 6px; overflow-wrap: anywhere; }
.title { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; }
.lead { margin-top: 8px; color: var(--muted); overflow-wrap: anywhere; }
.chip { display: inline-flex; align-items: center; gap: 6px; font-size: 13px; font-weight: 600; white-space: nowrap;
  padding: 1px 10px; border-radius: 999px; border: 1px solid currentColor; color: var(--none); }
.ok, .pass { color: var(--pass); } .failed, .fail { color: var(--fail); } .warn, .aborted { color: var(--warn); }
.inconclusive { color: var(--inconclusive); } .skipped, .pending, .none { color: var(--none); }
.banner { border: 1px solid var(--warn); border-left-width: 4px; border-radius: 8px; background: var(--surface); padding: 12px 16px; margin-top: 18px; }
.banner + h1, .banner + section { margin-top: 28px !important; } .banner p { margin-top: 4px; }
small { font-size: 12px; }
.banner.failed { border-color: var(--fail); color: var(--text); }
.banner strong { display: block; }
.banner pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 6px 0 0; font-size: 13px; }

.verdicts { list-style: none; padding: 0; margin-top: 20px; display: grid; gap: 10px; }
.verdicts li { display: grid; grid-template-columns: 24px 1fr; gap: 10px; max-width: 860px; }
.mark { width: 22px; height: 22px; border-radius: 50%; border: 1.5px solid currentColor; display: grid; place-items: center;
  font-size: 12px; font-weight: 700; line-height: 1; margin-top: 1px; }
.tiles { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: 1px; margin-top: 24px; background: var(--line);
  border: 1px solid var(--line); border-radius: 10px; overflow: hidden; }
.tile { background: var(--surface); padding: 14px 16px 12px; min-width: 0; }
.tile-title { font-size: 13px; color: var(--muted); }
.tile-value { font-size: 25px; line-height: 1.25; font-weight: 600; letter-spacing: -0.02em; margin-top: 2px; white-space: nowrap; }
.tile-unit { font-size: 14px; font-weight: 400; letter-spacing: 0; color: var(--muted); margin-left: 5px; }
.tile-interval { font-size: 12.5px; color: var(--muted); min-height: 1.55em; }

section { margin-top: 44px; }
section > section { margin-top: 36px; }
section.case { border-top: 1px solid var(--line); padding-top: 36px; }
main > section.case:first-of-type:not(.several) { border-top: 0; padding-top: 0; margin-top: 0; }
section > h3 { margin-bottom: 10px; }
section > p + *, figure + *, .panel + *, .grid + * { margin-top: 16px; }
.grid > .panel { margin-top: 0; }
.scroll { overflow-x: auto; }
.panel, figure.chart { background: var(--surface); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; }
figure.chart { position: relative; }
figure.chart .head { display: flex; flex-wrap: wrap; gap: 4px 20px; justify-content: space-between; align-items: baseline; margin-bottom: 8px; }
figure.chart .head strong { font-size: 14px; font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; font-size: 12.5px; color: var(--muted); }
.legend span { display: inline-flex; align-items: center; gap: 6px; white-space: nowrap; }
.key { width: 18px; border-top: 3px solid var(--key); }
.key.dashed { border-top: 2px dashed var(--key); } .key.dotted { border-top: 2px dotted var(--key); }
.key.area { height: 11px; border: 0; background: var(--key); border-radius: 2px; }
.key.dot { width: 7px; height: 7px; border: 0; border-radius: 50%; background: var(--key); margin: 0 3px; }
.plot svg { display: block; max-width: 100%; height: auto; }
.drawn .plot { overflow: hidden; position: relative; }
.drawn .plot svg { max-width: none; }
figcaption { font-size: 12.5px; color: var(--muted); margin-top: 6px; }
.hint { display: none; } .drawn .hint { display: inline; }
.note { font-size: 12.5px; color: var(--muted); margin-top: 12px; }
.cursor { position: absolute; top: 0; bottom: 0; width: 1px; background: var(--muted); pointer-events: none; }
.reading { position: absolute; pointer-events: none; background: var(--surface); border: 1px solid var(--rule); border-radius: 6px;
  padding: 5px 9px; font-size: 12px; line-height: 1.45; white-space: nowrap; font-variant-numeric: tabular-nums; z-index: 1; }

table { border-collapse: collapse; width: 100%; font-size: 14px; }
th { text-align: left; font-weight: 600; font-size: 12.5px; color: var(--muted); padding: 6px 14px 6px 0; border-bottom: 1px solid var(--rule); white-space: nowrap; vertical-align: bottom; }
td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th.right, td.right { text-align: right; white-space: nowrap; }
.nowrap { white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
tbody tr:last-child td { border-bottom: 0; }
.grid { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px; }
.facts { display: grid; grid-template-columns: minmax(110px, max-content) minmax(0, 1fr); gap: 4px 20px; font-size: 14px; }
.facts dt { color: var(--muted); } .facts dd { overflow-wrap: anywhere; }
code { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.shares { display: flex; height: 30px; border-radius: 6px; overflow: hidden; gap: 2px; margin-bottom: 12px; }
.shares span { background: var(--key); min-width: 2px; }
.swatch { display: inline-block; width: 10px; height: 10px; border-radius: 2px; background: var(--key); margin-right: 8px; }
.notices { padding-left: 28px; display: grid; gap: 8px; max-width: 860px; }
.notices li::marker { color: var(--muted); font-variant-numeric: tabular-nums; }
#overview th, #overview td { padding-right: 12px; }
#overview th:last-child, #overview td:last-child { padding-right: 0; }
#overview table { font-size: 13.5px; }
#overview .chip { font-size: 12px; padding: 0 8px; }
.quote { font-size: 19px; line-height: 1.45; margin-top: 20px; padding-left: 16px; border-left: 4px solid var(--series-1); max-width: 900px; overflow-wrap: anywhere; }
.quotes { padding: 0; margin: 20px 0; list-style: none; display: grid; gap: 12px; }
.quotes li { padding-left: 14px; border-left: 3px solid var(--series-1); max-width: 900px; overflow-wrap: anywhere; }
td .wide { display: block; min-width: 170px; overflow-wrap: anywhere; } td .measured { display: block; min-width: 120px; }
.pass-quote { border-color: var(--pass); color: inherit; } .fail-quote { border-color: var(--fail); color: inherit; } .inconclusive-quote { border-color: var(--inconclusive); color: inherit; }
.quote + ul.plain, .banner + ul.plain { margin-top: 14px; } ul.plain { padding-left: 20px; } ul.plain + * { margin-top: 16px; }
.compared { margin-top: 0; } .banner + .compared { margin-top: 28px; }
.verdicts.inset { margin-top: 0; }
.bars { display: grid; gap: 8px; margin-bottom: 14px; }
.timed { display: grid; grid-template-columns: 74px minmax(0, 1fr) 84px; gap: 12px; align-items: center; font-size: 13px; }
.timed > :first-child .muted { display: block; font-size: 12px; line-height: 1.3; } .timed .shares { margin: 0; min-width: 3px; height: 22px; } .timed > :last-child { text-align: right; white-space: nowrap; }
.profile table { font-size: 13px; } .profile th, .profile td { padding-right: 12px; } .profile th:last-child, .profile td:last-child { padding-right: 0; }
.profile .name { overflow-wrap: anywhere; } .profile td:first-child:not(.right) { min-width: 120px; } .profile td:first-child small .name { font-size: 11.5px; line-height: 1.35; }
.profile .panel > * + .scroll, .profile .panel > .scroll + .told { margin-top: 14px; } .profile .told + .told { margin-top: 6px; } .profile .told + .hot { margin-top: 10px; } .profile .note + .note { margin-top: 4px; } .profile section > .banner { margin-top: 10px; } .profile .banner + .panel, .profile section > .banner + figure { margin-top: 16px; }
.profile section > p + section { margin-top: 36px; } .profile .quote + .lead { margin-top: 16px; } .profile small { font-weight: 400; }
.hot { display: grid; grid-template-columns: 24px 1fr; gap: 10px; max-width: 860px; font-size: 14px; } .hot + .hot { margin-top: 10px; }
h4 { margin: 0 0 8px; font-size: 14px; font-weight: 600; overflow-wrap: anywhere; }
sup { line-height: 0; }
sup a { text-decoration: none; padding: 0 1px; }
details > summary { cursor: pointer; font-weight: 600; padding: 4px 0; }
details[open] > summary { margin-bottom: 10px; }
footer { border-top: 1px solid var(--line); margin-top: 48px; padding-top: 16px; font-size: 13px; color: var(--muted); }
[hidden] { display: none !important; }

@media (max-width: 760px) {
  .bar-inner, main { padding-left: 16px; padding-right: 16px; }
  .bar-inner { gap: 14px; }
  h1 { font-size: 23px; } h2 { font-size: 20px; }
  .tiles { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .tile { padding: 11px 12px 9px; } .tile-value { font-size: 20px; } .tile-unit { font-size: 12.5px; margin-left: 4px; }
  .grid { grid-template-columns: minmax(0, 1fr); }
  .panel, figure.chart { padding: 12px; }
  figure.chart:not(.drawn) .plot svg { overflow: visible; }
  figure.chart:not(.drawn) .plot text { font-size: 20px; }
  table { font-size: 13px; } th, td { padding-right: 10px; }
  table.stacked, .stacked tbody { display: block; }
  .stacked thead { display: none; }
  .stacked tr { display: grid; grid-template-columns: 1fr 1fr; gap: 4px 16px; padding: 12px 0; border-bottom: 1px solid var(--line); }
  .stacked tr:first-child { padding-top: 0; } .stacked tr:last-child { border-bottom: 0; padding-bottom: 0; }
  .stacked td, .stacked td.right { display: block; border: 0; padding: 0 !important; text-align: left; white-space: normal; }
  .stacked td:first-child { font-weight: 600; overflow-wrap: anywhere; } .stacked td:first-child .nowrap { white-space: normal; }
  .stacked td:nth-child(2) { text-align: right; }
  .stacked td:nth-child(n + 3)::before, .labelled td:nth-child(2)::before { content: attr(data-title); display: block; font-size: 12px; color: var(--muted); }
  .labelled td:last-child:nth-child(even) { grid-column: 1 / -1; }
  .labelled td:first-child { grid-column: 1 / -1; } .labelled td:nth-child(2) { text-align: left; }
}
@media print {
  body { background: #fff; font-size: 11pt; }
  .bar, button, .button, .skip { display: none; }
  main { padding: 0; max-width: none; }
  figure.chart, .tiles, .verdicts li, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .plot svg, .drawn .plot svg { max-width: 100%; height: auto; }
  .cursor, .reading, .hint, .drawn .hint { display: none; }
  .notices, .verdicts li { max-width: none; }
}
@page { margin: 14mm; }`;
