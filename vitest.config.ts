import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests whose verdicts come from a clock: one at a time, after all others, so that none disturbs another's times. */
const timed = [
  'tests/cli/{baseline,check-budget,check-verdicts,self-test}.test.ts',
  'tests/house/workflow.test.ts',
  'tests/measure/{contests,handicap,paired-campaign,real-campaign,solo}.test.ts',
];
/** Small files that take minutes: first, or they run alone at the end. */
class MinutesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => moduleId.includes('/tests/python/interface');
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

const patience = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    sequence: { sequencer: MinutesFirst },
    projects: [
      {
        test: {
          name: 'side by side',
          include: ['tests/**/*.test.ts'],
          exclude: timed,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
          ...patience,
        },
      },
      {
        test: {
          name: 'one at a time',
          include: timed,
          maxWorkers: 1,
          // Whoever else computes on the machine may spoil one measurement: it is made once more, and then believed.
          retry: 1,
          sequence: { groupOrder: 1 },
          ...patience,
        },
      },
    ],
  },
});
