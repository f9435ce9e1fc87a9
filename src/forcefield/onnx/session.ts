// Creates the ONNX Runtime session of a model file, at the highest optimization level that loads.

import { env, InferenceSession } from 'onnxruntime-node';
import { MdbenchError } from '../../errors.js';
import { checkProvider, providerUnavailable } from './provider.js';

/** Optimization levels in the order they are tried: fusions of the higher ones lack kernels for some types. */
const levels = ['all', 'basic', 'disabled'] as const;

export interface SessionSettings {
  readonly provider: string;
  readonly graphOptimizationLevel: (typeof levels)[number];
  readonly intraOpNumThreads: number;
  readonly interOpNumThreads: number;
  readonly executionMode: 'sequential';
  readonly enableCpuMemArena: boolean;
  readonly enableMemPattern: boolean;
  readonly logSeverityLevel: 0 | 1 | 2 | 3 | 4;
  /** Levels that did not load, with what ONNX Runtime said. */
  readonly failedLevels: readonly { readonly level: string; readonly reason: string }[];
}

export interface LoadedSession {
  readonly session: InferenceSession;
  readonly settings: SessionSettings;
}

/** @throws `provider-unavailable`, `unsupported-operator`, `session-failed` */
export async function loadSession(path: string, provider: string, threads: number): Promise<LoadedSession> {
  checkProvider(provider);
  const failedLevels: { level: string; reason: string }[] = [];
  for (const level of levels) {
    const settings = sessionSettings(provider, threads, level, failedLevels);
    try {
      return { session: await InferenceSession.create(path, sessionOptions(settings)), settings };
    } catch (error) {
      failedLevels.push({ level, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw sessionFailure(path, provider, failedLevels.at(-1)?.reason ?? 'unknown');
}

function sessionSettings(
  provider: string,
  threads: number,
  graphOptimizationLevel: SessionSettings['graphOptimizationLevel'],
  failedLevels: SessionSettings['failedLevels'],
): SessionSettings {
  return {
    provider,
    graphOptimizationLevel,
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    enableCpuMemArena: true,
    enableMemPattern: true,
    logSeverityLevel: 3,
    failedLevels,
  };
}

/** What ONNX Runtime would print for a level that failed is in `failedLevels`, so its log shows fatal messages only. */
function sessionOptions({
  provider,
  failedLevels: _,
  ...options
}: SessionSettings): InferenceSession.SessionOptions {
  env.logLevel = 'fatal';
  return { ...options, executionProviders: [provider] };
}

function sessionFailure(path: string, provider: string, reason: string): MdbenchError {
  const operator = missingOperator(reason);
  if (operator) {
    return new MdbenchError(
      'unsupported-operator',
      `${path} uses the operator ${operator}, for which ONNX Runtime has no kernel on ${provider}: ${reason}`,
      'Export the model without it, or at an opset and element type that ONNX Runtime implements.',
    );
  }
  if (provider !== 'cpu') return providerUnavailable(provider, reason);
  return new MdbenchError(
    'session-failed',
    `ONNX Runtime cannot load ${path}: ${reason}`,
    'Check the file with onnx.checker, and export it again if it is damaged.',
  );
}

const operatorPatterns = [
  /Could not find an implementation for ([\w.:]+)\(/,
  /Fatal error: ([\w.]*:?\w+)\([-\d]*\) is not a registered function\/op/,
  /No Op registered for (\w+) with domain_version/,
  /No opset import for domain '?([\w.]+)'?/,
  /kernel.*not (?:found|implemented).*?op(?:erator)?:? ?(\w+)/i,
];

function missingOperator(reason: string): string | undefined {
  for (const pattern of operatorPatterns) {
    const name = pattern.exec(reason)?.[1];
    if (name) return name;
  }
  return undefined;
}
