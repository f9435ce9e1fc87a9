// Whether CUDA is traced: for whom, where, and what is said where it cannot be. The driver is a stand-in.

import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MdbenchError } from '../../src/errors.js';
import { planTracing } from '../../src/run-profile-plan.js';
import { type CaseSpec, planCases } from '../../src/spec/index.js';
import { noCompiler, stubFolder } from '../support/cuda-stubs.js';
import { hookLibrary } from '../support/hook-run.js';

const missing = noCompiler ?? (existsSync(hookLibrary) ? null : 'the hook is not built');
const skipped = missing === null ? '' : `: ${missing}`;

const onStubs = () => ({
  LD_LIBRARY_PATH: stubFolder(),
  MDBENCH_DRIVER_PROBE: '/proc/self/stat',
  MDBENCH_STUB_CUPTI: '12.4',
});
const noDriver = { MDBENCH_DRIVER_PROBE: '/nowhere' };

describe.skipIf(missing !== null)(`the plan of tracing${skipped}`, () => {
  const casesOf = (...names: string[]): CaseSpec[] =>
    planCases({ forceFields: names.map((name) => ({ name })), systems: [{ name: 'ar108' }], dynamics: {} });
  const here = (environment: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  };
  const refusal = (asked: 'kernels' | 'full', name: string): Partial<MdbenchError> => {
    try {
      planTracing(asked, casesOf(name));
    } catch (error) {
      return error as MdbenchError;
    }
    return {};
  };
  afterEach(() => vi.unstubAllEnvs());

  it('traces programs that mdbench starts and no force field of its own, where nobody said more', () => {
    here(onStubs());
    const plan = planTracing(
      'auto',
      casesOf('lennard-jones', 'ase:ase.calculators.emt:EMT', 'ipi:lmp -in in.lmp'),
    );
    expect(plan.started.mode).toBe('kernels');
    expect([plan.own.state, plan.foreign.state]).toEqual([null, null]);
  });

  it('goes on without a CUPTI of the system, for a program may bring its own', () => {
    here({ ...onStubs(), LD_LIBRARY_PATH: stubFolder({ cupti: null }) });
    expect(planTracing('auto', casesOf('ase:ase.calculators.emt:EMT')).started.mode).toBe('kernels');
    expect(planTracing('full', casesOf('ase:ase.calculators.emt:EMT')).started.mode).toBe('full');
  });

  it('says nothing of a client of somebody else where there is no device', () => {
    here(noDriver);
    expect(planTracing('auto', casesOf('ipi:unix:teacher')).foreign).toMatchObject({
      state: null,
      warnings: [],
    });
  });

  it('says in a note that a client of somebody else cannot be traced', () => {
    here(onStubs());
    const { foreign } = planTracing('auto', casesOf('ipi:localhost:31415'));
    expect(foreign).toMatchObject({ mode: null, warnings: [{ code: 'client-foreign' }] });
  });

  it.each(['ipi:unix:teacher', 'ipi:localhost:31415'])('refuses to trace %s, and says what to do', (name) => {
    here(onStubs());
    const { code, message, hint } = refusal('kernels', name);
    expect(code).toBe('cuda-unavailable');
    expect(message).toMatch(/client that somebody else started cannot be traced/);
    expect(hint).toMatch(/ipi:COMMAND.*profile --command/);
  });

  it('leaves another tool’s injection alone', () => {
    here({ ...onStubs(), CUDA_INJECTION64_PATH: '/opt/nsight/libinjection.so' });
    const { started } = planTracing('auto', casesOf('ase:ase.calculators.emt:EMT'));
    expect([started.mode, started.state?.stage]).toEqual([null, 'injection-in-use']);
    expect(refusal('kernels', 'ase:ase.calculators.emt:EMT').message).toMatch(
      /Another tool is injected already/,
    );
  });
});
