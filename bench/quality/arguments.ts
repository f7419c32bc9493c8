import { parseArgs } from 'node:util';
import { defaultOptions, hideMechanisms, methodEntry, methods, MOST_HIDDEN, type HideMechanism, type MethodId, type OptionValue } from '../../src/core/catalog';
import { check, InputError } from '../../src/core/lib/assert';
import type { RunSpec } from '../../src/core/run';
import { checkOptions } from '../../src/engine/run/spec';

/** A method with options other than its defaults: `dtcr`, `kMeans:imputer=zero`, `crli:lambda=0:layers=2`. */
export interface MethodSpec {
  /** As it was typed. */
  name: string;
  method: MethodId;
  options: Record<string, OptionValue>;
}

export const protocols = ['pooled', 'train-test', 'test'] as const;
export type Protocol = (typeof protocols)[number];

export interface QualityArguments {
  data: string;
  out: string;
  /** No runs, only tables. */
  tables: boolean;
  methods: MethodSpec[];
  gaps: number[];
  mechanism: HideMechanism;
  seeds: number;
  protocol: Protocol;
  sets: string[] | null;
  complete: boolean;
  maxN: number;
  maxT: number;
  epochs: number | null;
  standardise: RunSpec['preparation']['standardise'];
}

export const HELP = `npm run bench -- quality --data DIR --out FILE [flags]

Runs methods over the sets of a folder with a manifest.json, appends one JSON line a run to FILE (x.jsonl) and writes
tables of what was asked for beside it (x.md). Runs that FILE already holds are not made again. Labels are read by the
scores only; K is the number of classes.

  --tables           makes no run, only the tables of those that FILE holds.
  --methods LIST     catalog names with options, comma-separated: crli,dtcr:lambda=0,kMeans:imputer=zero. Default: all.
  --gaps LIST        shares of the observed cells to hide. Default: 0.
  --mechanism WHAT   cells, blocks, channels, observed or value. Default: cells.
  --seeds N          seeds 1 to N. Default: 5.
  --protocol WHAT    pooled: fitted and scored on train and test together. test, as in the papers: trained on the train
                     split, the test split encoded, its clusters fitted on it and scored; a method without training is
                     fitted on the test split. train-test: clusters fitted on the train split, test series given to the
                     nearest centre, for methods with centres in a space of their own (k-means and those that train).
                     Each split is scaled by itself.
  --sets LIST        names of the manifest. Default: all within --max-n and --max-t.
  --max-n N          Default: 1000.   --max-t T   Default: 300.
  --complete         only sets without gaps and of equal length.
  --epochs N         for methods that train. Default: what the method suggests for the size of the set.
  --standardise WHAT none, perSeries, perVariable, global or robust. Default: perVariable.
`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = { data: text, out: text, tables: flag, complete: flag, methods: text, gaps: text, mechanism: text, seeds: text, protocol: text, sets: text, 'max-n': text, 'max-t': text, epochs: text, standardise: text };

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options });
  } catch (error) {
    throw new InputError(`${(error as Error).message.split('. ')[0].replace('option', 'flag')}. --help lists the flags.`);
  }
}

/** @throws InputError naming the flag that cannot be used. */
export function parseQuality(argv: readonly string[]): QualityArguments {
  const { values } = parsed(argv);
  check(values.data !== undefined && values.out !== undefined, `--data DIR and --out FILE are needed.\n\n${HELP}`);
  const list = (value: string): string[] => value.split(',').filter((part) => part !== '');
  const share = (name: string, value: string): number => {
    check(Number(value) >= 0 && Number(value) <= MOST_HIDDEN, `--${name} is "${value}"; it must be a number from 0 to ${MOST_HIDDEN}.`);
    return Number(value);
  };
  const whole = (name: string, value: string): number => {
    check(Number.isInteger(Number(value)) && Number(value) > 0, `--${name} is "${value}"; it must be a whole number from 1.`);
    return Number(value);
  };
  const oneOf = <A extends string>(name: string, value: string, allowed: readonly A[]): A => {
    check((allowed as readonly string[]).includes(value), `--${name} is "${value}"; it must be one of ${allowed.join(', ')}.`);
    return value as A;
  };
  return {
    data: values.data!,
    out: values.out!,
    tables: values.tables ?? false,
    methods: list(values.methods ?? Object.keys(methods).join(',')).map(methodSpec),
    gaps: list(values.gaps ?? '0').map((gap) => share('gaps', gap)),
    mechanism: oneOf('mechanism', values.mechanism ?? 'cells', hideMechanisms),
    seeds: whole('seeds', values.seeds ?? '5'),
    protocol: oneOf('protocol', values.protocol ?? 'pooled', protocols),
    sets: values.sets === undefined ? null : list(values.sets),
    complete: values.complete ?? false,
    maxN: whole('max-n', values['max-n'] ?? '1000'),
    maxT: whole('max-t', values['max-t'] ?? '300'),
    epochs: values.epochs === undefined ? null : whole('epochs', values.epochs),
    standardise: oneOf('standardise', values.standardise ?? 'perVariable', ['none', 'perSeries', 'perVariable', 'global', 'robust']),
  };
}

function methodSpec(name: string): MethodSpec {
  const [id, ...pairs] = name.split(':');
  check(Object.hasOwn(methods, id), `There is no method "${id}". Methods: ${Object.keys(methods).join(', ')}.`);
  const method = id as MethodId;
  const known = methodEntry(method).options;
  const changes = Object.fromEntries(
    pairs.map((pair) => {
      const [key, value] = pair.split('=');
      const kind = known[key]?.kind;
      return [key, kind === 'choice' ? value : kind === 'boolean' ? value === 'true' : Number(value)];
    }),
  );
  return { name, method, options: { ...defaultOptions(method), ...checkOptions(method, changes) } };
}
