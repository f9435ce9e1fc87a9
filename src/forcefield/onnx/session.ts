// Creates the ONNX Runtime session of a model file, at the highest optimization level that loads. It is the session of
// the native binding itself, whose `run` returns when it is done: the public one adds a turn of the event loop a call.

import { env, type InferenceSession, type Tensor } from 'onnxruntime-node';
import { binding, initOrt } from 'onnxruntime-node/dist/binding.js';
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

/** A model file, or a model in memory that was made from it. */
export interface SessionSource {
  readonly path: string;
  readonly bytes?: Uint8Array;
}

export interface Session {
  /** Synchronous; throws what ONNX Runtime says. `outputs` has a null under each name that is wanted. */
  run(feeds: Record<string, Tensor>, outputs: Record<string, null>): Readonly<Record<string, Tensor>>;
  dispose(): void;
}

export interface LoadedSession {
  readonly session: Session;
  readonly settings: SessionSettings;
}

/**
 * @param source with external data only where it is a file
 * @param profile start of the paths of ONNX Runtime's own profile, to which the level is added; written by `dispose`
 * @throws `provider-unavailable`, `unsupported-operator`, `session-failed`
 */
export function loadSession(
  source: SessionSource,
  provider: string,
  threads: number,
  profile?: string,
): LoadedSession {
  checkProvider(provider);
  const failedLevels: { level: string; reason: string }[] = [];
  for (const level of levels) {
    const settings = sessionSettings(provider, threads, level, failedLevels);
    try {
      return { session: createSession(source, settings, profile), settings };
    } catch (error) {
      failedLevels.push({ level, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw sessionFailure(source.path, provider, failedLevels.at(-1)?.reason ?? 'unknown');
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
    logSeverityLevel: logSeverity(),
    failedLevels,
  };
}

function createSession(
  source: SessionSource,
  { provider, failedLevels: _, ...options }: SessionSettings,
  profile: string | undefined,
): Session {
  env.logLevel = 'fatal';
  initOrt();
  const session = new binding.InferenceSession();
  const sessionOptions: InferenceSession.SessionOptions = { ...options, executionProviders: [provider] };
  if (profile !== undefined) {
    sessionOptions.enableProfiling = true;
    sessionOptions.profileFilePrefix = `${profile}-${options.graphOptimizationLevel}`;
  }
  if (source.bytes) {
    const { buffer, byteOffset, byteLength } = source.bytes;
    session.loadModel(buffer as ArrayBuffer, byteOffset, byteLength, sessionOptions);
  } else session.loadModel(source.path, sessionOptions);
  return {
    run: (feeds, outputs) => session.run(feeds, outputs, runOptions) as Record<string, Tensor>,
    dispose() {
      if (profile !== undefined) session.endProfiling();
      session.dispose();
    },
  };
}

const runOptions: InferenceSession.RunOptions = { logSeverityLevel: 4 };

/** Errors come as exceptions and need no log; the variable MDBENCH_ORT_LOG (0 all … 4 fatal) brings the warnings back. */
function logSeverity(): SessionSettings['logSeverityLevel'] {
  const level = Number(process.env.MDBENCH_ORT_LOG ?? 4);
  return level === 0 || level === 1 || level === 2 || level === 3 ? level : 4;
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

/** Where ONNX Runtime names the operator: a missing kernel, an unknown domain, or a node of the graph it cannot resolve. */
const operatorPatterns = [
  /Could not find an implementation for ([\w.:]+)\(/,
  /Fatal error: ([\w.]*:?\w+)\([-\d]*\) is not a registered function\/op/,
  /In Node, \("[^"]*", (?<op>\w+), "(?<domain>[^"]*)".*(?:No Op registered|No opset import)/s,
];

function missingOperator(reason: string): string | undefined {
  for (const pattern of operatorPatterns) {
    const match = pattern.exec(reason);
    const { op, domain } = match?.groups ?? {};
    if (match) return op === undefined ? match[1] : [domain, op].filter(Boolean).join(':');
  }
  return undefined;
}
