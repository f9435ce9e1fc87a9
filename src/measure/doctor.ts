// What this machine can measure and what not, and why. Findings are data; report/ has the words.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { listSupportedBackends } from 'onnxruntime-node';
import type { Environment } from '../result/index.js';
import { now } from './clock.js';
import { driverPresent } from './cuda-driver.js';
import { readEnvironment } from './environment.js';
import type { Finding } from './finding.js';
import { createMemoryProbe } from './memory.js';
import { profileFindings } from './profile-findings.js';

export function examineMachine(): {
  readonly environment: Environment;
  readonly findings: readonly Finding[];
} {
  const environment = readEnvironment();
  const findings = [
    clock(),
    backend(environment),
    runtime(environment),
    cuda(),
    memory(),
    load(environment),
    governor(environment),
    ...profileFindings(),
  ];
  return { environment, findings };
}

/** µs: the smallest step of the clock seen, and what one reading of it costs. */
function clock(): Finding {
  const readings = 20_000;
  let smallest = Number.POSITIVE_INFINITY;
  const begun = now();
  let last = begun;
  for (let k = 0; k < readings; k++) {
    const time = now();
    if (time > last) smallest = Math.min(smallest, time - last);
    last = time;
  }
  const cost = (1000 * (last - begun)) / readings;
  return { id: 'clock', state: cost < 1 ? 'ok' : 'limited', values: { resolution: 1000 * smallest, cost } };
}

function backend(environment: Environment): Finding {
  const native = environment.backend === 'native';
  return {
    id: 'backend',
    state: native ? 'ok' : 'limited',
    values: { name: environment.backend, reason: environment.backendReason },
  };
}

function runtime(environment: Environment): Finding {
  const providers = listSupportedBackends()
    .filter((entry) => entry.bundled)
    .map((entry) => entry.name);
  return {
    id: 'onnxruntime',
    state: 'ok',
    values: { version: environment.onnxruntime, providers: providers.join(', ') },
  };
}

function cuda(): Finding {
  const driver = driverPresent();
  const provider = existsSync(cudaProviderFile());
  const state = driver && provider ? 'ok' : 'unavailable';
  return { id: 'cuda', state, values: { driver, provider } };
}

/** The npm package lists CUDA as supported whether or not its files are there. */
function cudaProviderFile(): string {
  const entry = createRequire(import.meta.url).resolve('onnxruntime-node');
  const folder = join(dirname(entry), '..', 'bin', 'napi-v6', process.platform, process.arch);
  return join(folder, 'libonnxruntime_providers_cuda.so');
}

function memory(): Finding {
  const probe = createMemoryProbe();
  probe.checkpoint(0);
  const shares = probe.checkpoints.pss.length > 0;
  return { id: 'memory', state: shares ? 'ok' : 'limited', values: { pss: shares, total: os.totalmem() } };
}

function load(environment: Environment): Finding {
  const { loadAverage, coresUsable } = environment;
  if (loadAverage === null)
    return { id: 'load', state: 'unavailable', values: { load: null, cores: coresUsable } };
  const busy = loadAverage > 0.5 * coresUsable;
  return { id: 'load', state: busy ? 'limited' : 'ok', values: { load: loadAverage, cores: coresUsable } };
}

function governor(environment: Environment): Finding {
  const { cpuGovernor } = environment;
  const virtual = readSafely('/proc/cpuinfo').includes('hypervisor');
  if (cpuGovernor === null)
    return { id: 'cpu-frequency', state: 'unavailable', values: { governor: null, virtual } };
  return {
    id: 'cpu-frequency',
    state: cpuGovernor === 'performance' ? 'ok' : 'limited',
    values: { governor: cpuGovernor, virtual },
  };
}

function readSafely(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
