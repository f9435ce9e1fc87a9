// The machine and the software that a measurement was made with.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import { backend } from '../addon.js';
import type { Environment } from '../result/index.js';

export function readEnvironment(): Environment {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    coresUsable: usableCores(),
    cores: cpus.length,
    memory: os.totalmem(),
    os: operatingSystem(),
    arch: os.arch(),
    node: process.versions.node,
    onnxruntime: onnxruntimeVersion(),
    backend: backend.name,
    backendReason: backend.reason,
    loadAverage: os.platform() === 'win32' ? null : os.loadavg()[0],
    cpuGovernor: firstLine('/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor'),
  };
}

/** Cores by affinity, cut to the quota of the control group. */
function usableCores(): number {
  const [quota, period] = (firstLine('/sys/fs/cgroup/cpu.max') ?? 'max').split(' ').map(Number);
  const allowed = os.availableParallelism();
  return Number.isFinite(quota) && period > 0
    ? Math.max(1, Math.min(allowed, Math.floor(quota / period)))
    : allowed;
}

function operatingSystem(): string {
  const release = fileText('/etc/os-release');
  const pretty = release && /^PRETTY_NAME="?([^"\n]*)/m.exec(release)?.[1];
  return pretty ? `${pretty} (${os.type()} ${os.release()})` : `${os.type()} ${os.release()}`;
}

function onnxruntimeVersion(): string {
  const manifest = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return manifest.version;
}

function firstLine(path: string): string | null {
  return fileText(path)?.split('\n')[0].trim() ?? null;
}

function fileText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
