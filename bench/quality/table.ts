import type { QualityRow } from './run';
import { wilcoxon } from './wilcoxon';

type Score = 'ari' | 'nmi' | 'rmse';
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Summary {
  mean: number;
  /** Between seeds, n − 1. */
  sd: number;
  seeds: number;
}

/** Markdown: for each share and mechanism of gaps, ARI and NMI a set and method, ranks, and a test of each method against the first. */
export function markdown(rows: readonly QualityRow[]): string {
  const groups = new Map<string, QualityRow[]>();
  for (const row of rows) {
    const title = `${row.gap === 0 ? 'Complete data' : `${Math.round(row.gap * 100)} % hidden (${row.mechanism})`}, ${row.protocol}, ${row.standardise}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return [...groups].map(([title, group]) => section(title, group)).join('\n\n') + '\n';
}

function section(title: string, rows: readonly QualityRow[]): string {
  const parts = [`## ${title}`, scores(rows, 'ari', 'ARI', true), scores(rows, 'nmi', 'NMI', true)];
  if (rows.some(({ rmse }) => rmse !== null)) parts.push(scores(rows, 'rmse', 'RMSE on hidden cells (standard deviations)', false));
  return parts.join('\n\n');
}

function scores(rows: readonly QualityRow[], score: Score, name: string, higherIsBetter: boolean): string {
  const methods = [...new Set(rows.map(({ method }) => method))];
  const sets = [...new Set(rows.map(({ set }) => set))];
  const of = (set: string, method: string): Summary | null => summary(rows.filter((row) => row.set === set && row.method === method).map((row) => row[score] ?? Number.NaN));
  const references = score === 'rmse' ? (['columnMeanRmse', 'linearRmse'] as const) : (['floorRi'] as const);
  const referenceNames = score === 'rmse' ? ['column mean', 'linear'] : ['RI of all in one'];
  const head = ['set', 'n', 'K', ...methods, ...referenceNames];
  const body = sets.map((set) => {
    const own = rows.filter((row) => row.set === set);
    const cells = methods.map((method) => text(of(set, method)));
    return [set, String(own[0].n), String(own[0].k), ...cells, ...references.map((key) => mean(own.map((row) => row[key] ?? Number.NaN)).toFixed(3))];
  });
  const whole = sets.filter((set) => methods.every((method) => of(set, method) !== null));
  const means = (method: string): number[] => whole.map((set) => of(set, method)!.mean);
  const ranks = methods.map((method) => mean(whole.map((set) => rank(methods.map((other) => of(set, other)!.mean), of(set, method)!.mean, higherIsBetter))));
  body.push([`mean of ${whole.length}`, '', '', ...methods.map((method) => mean(means(method)).toFixed(3)), ...references.map(() => '')]);
  body.push(['average rank', '', '', ...ranks.map((value) => value.toFixed(2)), ...references.map(() => '')]);
  const tests = methods.slice(1).map((method) => {
    const [first, other] = [means(methods[0]), means(method)];
    const { wins, losses, ties, p } = higherIsBetter ? wilcoxon(first, other) : wilcoxon(other, first);
    return `${methods[0]} against ${method}: ${wins} wins, ${losses} losses, ${ties} ties, Wilcoxon p = ${p.toPrecision(2)}`;
  });
  const seeds = rows.reduce((most, { seed }) => Math.max(most, seed), 0);
  return [`### ${name}: mean (sd) over ${seeds} seed${seeds === 1 ? '' : 's'}`, table(head, body), ...(tests.length > 0 ? [tests.map((line) => `- ${line}`).join('\n')] : [])].join('\n\n');
}

function summary(values: readonly number[]): Summary | null {
  if (values.length === 0 || values.some(Number.isNaN)) return null;
  const centre = mean(values);
  const sd = values.length > 1 ? Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)) : 0;
  return { mean: centre, sd, seeds: values.length };
}

/** 1 for the best; equal values share their ranks. */
function rank(all: readonly number[], own: number, higherIsBetter: boolean): number {
  const better = all.filter((value) => (higherIsBetter ? value > own : value < own)).length;
  const equal = all.filter((value) => value === own).length;
  return better + (equal + 1) / 2;
}

const text = (summary: Summary | null): string => (summary === null ? '–' : `${summary.mean.toFixed(3)} (${summary.sd.toFixed(3)})`);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
