// mdbench report: renders documents again, on any machine, without the model that they came from.

import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { prepareOutput, writeWhole } from '../result/index.js';

export function addReport(program: Command): Command {
  return program
    .command('report')
    .description('Render result documents as one HTML page, or as Markdown where the name ends in .md.')
    .argument('<documents...>', 'result.json files, or the folders that they are in')
    .option('--out <file>', 'the page to write', 'report.html')
    .action(async (paths: string[], { out }: { out: string }) => {
      const { readReportInput, renderHtml, renderMarkdown } = await import('../index.js');
      const inputs = paths.map(readReportInput);
      prepareOutput(dirname(resolve(out)));
      writeWhole(out, out.endsWith('.md') ? renderMarkdown(inputs) : await renderHtml(inputs));
      console.log(out);
    });
}
