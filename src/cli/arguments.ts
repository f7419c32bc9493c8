import { parseArgs } from 'node:util';
import { hideMechanisms, methodEntry, methods, preparationEntry, preparations, type MethodId, type OptionSpec, type OptionValue, type PreparationId, type PreparationStep } from '../core/catalog';
import { check, InputError } from '../core/lib/assert';
import type { RunSpec } from '../core/run';
import { usualMissingMarks } from '../core/series/reading/missing';
import type { ImportPlan } from '../core/series/reading/plan';
import type { BackendChoice, SweepOrder } from '../engine/protocol';
import { flags } from './flags';
import type { Grid } from './grid';
import { mapMethods, type MapMethod } from './map';

export interface CliArguments {
  file: string;
  out: string;
  json: boolean;
  /** K from … to: tried on the latents after the run, or in its place. */
  sweep: Omit<SweepOrder, 'spec'> | null;
  /** Options to run in all combinations, in place of the run. */
  grid: Grid | null;
  /** How the latents are laid out; null = as suits their number. */
  map: MapMethod | null;
  backend: BackendChoice;
  /** null = as many as are worth it. */
  threads: number | null;
  /** `epochs` null = as many as suit the size of the data. */
  spec: Omit<RunSpec, 'epochs'> & { epochs: number | null };
  plan: Partial<ImportPlan>;
  /** Column that holds the labels, by name or 1-based number; null = as detected. */
  label: string | null;
}

export type CliOrder = { kind: 'help' } | { kind: 'run'; arguments: CliArguments };

const MOST_THREADS = 64;
const BACKENDS: readonly BackendChoice[] = ['auto', 'wasm', 'cpu'];

/**
 * Reads the command line.
 * @throws InputError naming the flag, its value and what it may be.
 */
export function parseArguments(argv: readonly string[]): CliOrder {
  const { values, positionals } = read(argv);
  if (values.help) return { kind: 'help' };
  check(positionals.length > 0, 'Which file? Usage: npm run cluster -- FILE [flags]; --help lists the flags.');
  check(positionals.length === 1, `One file at a time; got ${positionals.map((one) => `"${one}"`).join(', ')}.`);
  const text = (flag: string): string | undefined => values[flag] as string | undefined;

  const sweep = sweepOf(text);
  const method = oneOf('method', text('method') ?? 'crli', Object.keys(methods)) as MethodId;
  const spec: CliArguments['spec'] = {
    version: 1,
    method,
    clusters: wholeNumber('clusters', text('clusters') ?? (sweep && sweep.on !== 'latents' ? '2' : missing('--clusters K', 'how many clusters to look for'))),
    seed: wholeNumber('seed', text('seed') ?? '1'),
    epochs: text('epochs') === undefined ? null : wholeNumber('epochs', text('epochs')!),
    options: { ...presetOptions(method, text('preset')), ...Object.fromEntries(((values.option as string[] | undefined) ?? []).map((pair) => optionOf(method, pair))) },
    preparation: { ...stepsOf((values.prepare as string[] | undefined) ?? []), standardise: oneOf('standardise', text('standardise') ?? 'perVariable', ['none', 'perSeries', 'perVariable', 'global', 'robust']) as RunSpec['preparation']['standardise'] },
    hideRate: number('hide', text('hide') ?? '0.1'),
    hideMechanism: oneOf('hide-mechanism', text('hide-mechanism') ?? 'cells', hideMechanisms) as RunSpec['hideMechanism'],
  };
  return {
    kind: 'run',
    arguments: {
      file: positionals[0],
      out: text('out') ?? '.',
      json: values.json === true,
      sweep,
      grid: text('grid') === undefined ? null : gridOf(method, text('grid')!),
      map: text('map') === undefined ? null : (oneOf('map', text('map')!, mapMethods) as MapMethod),
      threads: text('threads') === undefined ? null : threadCount(text('threads')!),
      backend: oneOf('backend', text('backend') ?? 'auto', BACKENDS) as BackendChoice,
      spec,
      plan: planOf(text, (values.sentinel as string[] | undefined) ?? [], (values.missing as string[] | undefined) ?? [], (values.exclude as string[] | undefined) ?? []),
      label: text('label') ?? null,
    },
  };
}

function read(argv: readonly string[]): { values: Record<string, string | boolean | (string | boolean)[] | undefined>; positionals: string[] } {
  const options = Object.fromEntries(Object.entries(flags).map(([name, { type, multiple }]) => [name, { type, multiple: multiple ?? false }]));
  try {
    return parseArgs({ args: withNegativeNumbers(argv), options, allowPositionals: true, strict: true });
  } catch (error) {
    const { message } = error as Error;
    const flag = /^Option '(--[^ ']+).*argument (?:is ambiguous|missing)/.exec(message)?.[1];
    throw new InputError(`${flag !== undefined ? `${flag} needs a value` : message.split('. ')[0].replace(/\.$/, '').replace('option', 'flag')}. --help lists the flags.`);
  }
}

/** `--sentinel -999` as `--sentinel=-999`, which is what a flag with a value that starts with a dash has to look like. */
function withNegativeNumbers(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of argv) {
    const flag = /^--([a-z]+)$/.exec(joined.at(-1) ?? '')?.[1];
    if (flag !== undefined && flags[flag]?.type === 'string' && /^-[\d.]/.test(word)) joined[joined.length - 1] += `=${word}`;
    else joined.push(word);
  }
  return joined;
}

function planOf(text: (flag: string) => string | undefined, sentinels: string[], marks: string[], excluded: string[]): Partial<ImportPlan> {
  const plan: Partial<ImportPlan> = {};
  const layout = text('layout');
  const encoding = text('encoding');
  const delimiter = text('delimiter');
  const decimal = text('decimal');
  const dateOrder = text('date-order');
  const serialDates = text('serial-dates');
  const ends = text('ends');
  const minCoverage = text('min-coverage');
  if (layout) plan.layout = oneOf('layout', layout, ['wide', 'wideByColumn', 'long']) as ImportPlan['layout'];
  if (encoding) plan.encoding = oneOf('encoding', encoding, ['utf-8', 'utf-16le', 'utf-16be', 'euc-kr']) as ImportPlan['encoding'];
  if (delimiter) plan.delimiter = oneOf('delimiter', delimiter === 'tab' ? '\t' : delimiter, [',', ';', '\t', '|', ' ']) as ImportPlan['delimiter'];
  if (decimal) plan.decimal = oneOf('decimal', decimal, ['.', ',']) as ImportPlan['decimal'];
  if (dateOrder) plan.dateOrder = oneOf('date-order', dateOrder, ['dayFirst', 'monthFirst']) as ImportPlan['dateOrder'];
  if (serialDates) plan.serialDates = oneOf('serial-dates', serialDates, ['1900', '1904']) as ImportPlan['serialDates'];
  if (ends) plan.ends = oneOf('ends', ends, ['outside', 'gaps']) as ImportPlan['ends'];
  if (minCoverage) plan.minCoverage = share('min-coverage', minCoverage);
  if (excluded.length > 0) plan.excluded = excluded;
  if (marks.length > 0) plan.missingMarks = [...usualMissingMarks, ...marks];
  if (sentinels.length > 0) plan.sentinels = sentinels.map((value) => number('sentinel', value));
  return plan;
}

function sweepOf(text: (flag: string) => string | undefined): CliArguments['sweep'] {
  const range = text('sweep');
  if (range === undefined) return null;
  const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  check(from !== undefined && Number(from) >= 2 && Number(from) <= Number(to), `--sweep is "${range}"; write it as FROM-TO, for example 2-8.`);
  const on = oneOf('sweep-on', text('sweep-on') ?? 'latents', ['latents', 'series', 'method']) as SweepOrder['on'];
  const repeats = wholeNumber('sweep-repeats', text('sweep-repeats') ?? (on === 'method' ? '3' : '5'));
  check(repeats >= 2 && repeats <= 50, `--sweep-repeats is "${repeats}"; it must lie between 2 and 50.`);
  return { on, from: Number(from), to: Number(to), repeats };
}

/** `layers=1,2:hiddenUnits=50,100` */
function gridOf(method: MethodId, text: string): Grid {
  const { label, options } = methodEntry(method);
  return Object.fromEntries(text.split(':').map((part) => {
    const [key, values, ...rest] = part.split('=');
    check(values !== undefined && values !== '' && rest.length === 0, `--grid ${text}: write it as key=value,value:key=value,value, for example layers=1,2:hiddenUnits=50,100.`);
    check(Object.hasOwn(options, key), `${label} has no option "${key}". Options: ${Object.keys(options).join(', ')}.`);
    return [key, values.split(',').map((value) => valueOf(`grid ${key}`, options[key], value))];
  }));
}

function presetOptions(method: MethodId, preset: string | undefined): RunSpec['options'] {
  if (preset === undefined) return {};
  const { label, presets = {} } = methodEntry(method);
  check(Object.hasOwn(presets, preset), `${label} has no preset "${preset}". ${Object.keys(presets).length === 0 ? 'It has none.' : `Presets: ${Object.keys(presets).join(', ')}.`}`);
  return presets[preset].options;
}

/** `smooth:filter=gaussian:width=2`; several with commas between them. */
function stepsOf(texts: readonly string[]): Pick<RunSpec['preparation'], 'steps'> {
  const steps = texts.flatMap((list) => list.split(',')).map((text): PreparationStep => {
    const [name, ...pairs] = text.trim().split(':');
    const step = oneOf('prepare', name, Object.keys(preparations)) as PreparationId;
    const { label, options } = preparationEntry(step);
    return { step, options: Object.fromEntries(pairs.map((pair) => {
      const [key, ...value] = pair.split('=');
      check(Object.hasOwn(options, key) && value.length > 0, `--prepare ${text}: ${label} takes ${Object.keys(options).map((known) => `${known}=…`).join(', ') || 'no options'}, not "${pair}".`);
      return [key, valueOf(`prepare ${name}:${key}`, options[key], value.join('='))];
    })) };
  });
  return steps.length > 0 ? { steps } : {};
}

function optionOf(method: MethodId, pair: string): [string, OptionValue] {
  const at = pair.indexOf('=');
  check(at > 0, `--option ${pair}: write it as key=value, for example --option hiddenUnits=100.`);
  const key = pair.slice(0, at);
  const { label, options } = methodEntry(method);
  check(Object.hasOwn(options, key), `${label} has no option "${key}". Options: ${Object.keys(options).join(', ')}.`);
  return [key, valueOf(`option ${key}`, options[key], pair.slice(at + 1))];
}

function valueOf(flag: string, option: OptionSpec, text: string): OptionValue {
  if (option.kind === 'choice') return oneOf(flag, text, option.choices);
  if (option.kind === 'boolean') return oneOf(flag, text, ['true', 'false']) === 'true';
  return number(flag, text);
}

function oneOf(flag: string, value: string, allowed: readonly string[]): string {
  check(allowed.includes(value), `--${flag} is "${value}"; it must be one of ${allowed.map((one) => (one === '\t' ? 'tab' : one === ' ' ? '" "' : one)).join(', ')}.`);
  return value;
}

function number(flag: string, text: string): number {
  const value = Number(text);
  check(text.trim() !== '' && Number.isFinite(value), `--${flag} is "${text}"; it must be a number.`);
  return value;
}

function share(flag: string, text: string): number {
  const value = number(flag, text);
  check(value >= 0 && value <= 1, `--${flag} is "${text}"; it must lie between 0 and 1.`);
  return value;
}

function wholeNumber(flag: string, text: string): number {
  const value = number(flag, text);
  check(Number.isInteger(value), `--${flag} is "${text}"; it must be a whole number.`);
  return value;
}

function threadCount(text: string): number {
  const value = wholeNumber('threads', text);
  check(value >= 1 && value <= MOST_THREADS, `--threads is "${text}"; it must lie between 1 and ${MOST_THREADS}.`);
  return value;
}

function missing(flag: string, what: string): never {
  throw new InputError(`${flag} is missing: ${what}. --help lists the flags.`);
}
