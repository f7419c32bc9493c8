import type { QualityRow } from './run';
import { wilcoxon } from './wilcoxon';

interface Score {
  name: string;
  of: (row: QualityRow) => number | null;
  higherIsBetter: boolean;
  /** What stands beside the methods, a column each. */
  references: Record<string, (row: QualityRow) => number | null>;
}

const floor = { 'RI of all in one': (row: QualityRow) => row.floorRi };
const largestClass = { 'largest class': (row: QualityRow) => row.floorPurity ?? null };
const higher = (name: string, of: Score['of'], references: Score['references'] = {}): Score => ({ name, of, higherIsBetter: true, references });
const ari = higher('ARI', (row) => row.ari);
const nmi = higher('NMI', (row) => row.nmi);
const rmse: Score = {
  name: 'RMSE on hidden cells',
  of: (row) => row.rmse,
  higherIsBetter: false,
  references: { 'column mean': (row) => row.columnMeanRmse, linear: (row) => row.linearRmse },
};
const ri = higher('RI', (row) => row.ri, floor);
/** With what the papers of the models print. */
const ofPapers = [ri, ari, nmi, higher('purity', (row) => row.purity, largestClass), higher('ACC', (row) => row.acc, largestClass)];

/**
 * Markdown: for each share and mechanism of gaps a summary with one line a method, then each score by set.
 * Every method is compared with the first.
 *
 * @param methods in the order of the columns
 */
export function markdown(rows: readonly QualityRow[], methods: readonly string[]): string {
  const groups = new Map<string, QualityRow[]>();
  for (const row of rows) {
    const title = `${row.gap === 0 ? 'Complete data' : `${Math.round(row.gap * 100)} % hidden (${row.mechanism})`}, ${row.protocol}, ${row.standardise}`;
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return [...groups].map(([title, group]) => section(title, group, methods.filter((method) => group.some((row) => row.method === method)))).join('\n\n') + '\n';
}

function section(title: string, rows: readonly QualityRow[], methods: readonly string[]): string {
  const errors = rows.some((row) => row.rmse !== null) ? [rmse] : [];
  const scores = [...(rows[0].protocol === 'pooled' ? [ari, nmi, ri] : ofPapers), ...errors];
  const grids = scores.map((score) => new Grid(rows, methods, score));
  return [`## ${title}`, summaryOf(methods, grids), ...grids.map((grid) => `### ${grid.score.name}, mean (sd)\n\n${bySet(grid)}`)].join('\n\n');
}

interface Cell {
  mean: number;
  /** Between seeds, n − 1; null for one seed. */
  sd: number | null;
}

/** One score of each set and method. */
class Grid {
  readonly sets: string[];
  /** Sets that every method has. */
  readonly whole: string[];
  /** Seeds of each set that every method has: with hidden cells only these count, as the seed says which are hidden. */
  readonly seeds: ReadonlyMap<string, ReadonlySet<number>>;

  constructor(
    readonly rows: readonly QualityRow[],
    readonly methods: readonly string[],
    readonly score: Score,
  ) {
    this.sets = [...new Set(rows.map(({ set }) => set))];
    this.seeds = new Map(this.sets.map((set) => [set, commonSeeds(rows.filter((row) => row.set === set), methods)]));
    this.whole = this.sets.filter((set) => methods.every((method) => this.cell(set, method) !== null));
  }

  /** The rows of a method on a set that are compared with those of the others. */
  compared(set: string, method: string): QualityRow[] {
    return this.rows.filter((row) => row.set === set && row.method === method && (row.gap === 0 || this.seeds.get(set)!.has(row.seed)));
  }

  cell(set: string, method: string): Cell | null {
    const values = this.compared(set, method).map((row) => this.score.of(row));
    if (values.length === 0 || values.some((value) => value === null)) return null;
    const centre = mean(values as number[]);
    return { mean: centre, sd: values.length > 1 ? Math.sqrt((values as number[]).reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1)) : null };
  }

  /** Over the whole sets. */
  means(method: string): number[] {
    return this.whole.map((set) => this.cell(set, method)!.mean);
  }

  /** 1 for the best; equal values share their ranks. */
  averageRank(method: string): number {
    const ranks = this.whole.map((set) => {
      const own = this.cell(set, method)!.mean;
      const all = this.methods.map((other) => this.cell(set, other)!.mean);
      const better = all.filter((value) => (this.score.higherIsBetter ? value > own : value < own)).length;
      return better + (all.filter((value) => value === own).length + 1) / 2;
    });
    return mean(ranks);
  }

  /** How the first method fares against another. */
  against(method: string): string {
    const [first, other] = [this.means(this.methods[0]), this.means(method)];
    const { wins, losses, ties, p } = this.score.higherIsBetter ? wilcoxon(first, other) : wilcoxon(other, first);
    return `${wins}–${losses}–${ties} (p = ${p.toPrecision(2)})`;
  }
}

function commonSeeds(rows: readonly QualityRow[], methods: readonly string[]): Set<number> {
  const of = (method: string): Set<number> => new Set(rows.filter((row) => row.method === method).map(({ seed }) => seed));
  const all = methods.map(of);
  return new Set([...all[0]].filter((seed) => all.every((seeds) => seeds.has(seed))));
}

function summaryOf(methods: readonly string[], grids: readonly Grid[]): string {
  const { whole } = grids[0];
  const head = ['method', 'seeds', 'seconds a run', ...grids.flatMap(({ score: { name } }) => [name, `rank in ${name}`, `${methods[0]} against it`])];
  const body = methods.map((method, at) => {
    const own = whole.map((set) => grids[0].compared(set, method));
    const runs = own.map(({ length }) => length);
    const scores = grids.flatMap((grid) => [mean(grid.means(method)).toFixed(3), grid.averageRank(method).toFixed(2), at === 0 ? '–' : grid.against(method)]);
    return [method, span(runs), mean(own.flat().map(({ seconds }) => seconds)).toFixed(1), ...scores];
  });
  const told = `Means over the ${whole.length} sets that every method has run on; wins–losses–ties with Wilcoxon's signed-rank p.`;
  return whole.length === 0 ? 'No set has runs of every method yet.' : `${told}\n\n${table(head, body)}`;
}

function bySet(grid: Grid): string {
  const { rows, methods, sets, whole, score } = grid;
  const references = Object.entries(score.references);
  const body = sets.map((set) => {
    const own = rows.filter((row) => row.set === set);
    const cells = methods.map((method) => text(grid.cell(set, method)));
    return [set, String(own[0].n), String(own[0].t), String(own[0].k), ...cells, ...references.map(([, of]) => meanText(own.map(of)))];
  });
  const foot = (name: string, of: (method: string) => string): string[] => [name, '', '', '', ...methods.map(of), ...references.map(() => '')];
  if (whole.length > 0) body.push(foot(`mean of ${whole.length}`, (method) => mean(grid.means(method)).toFixed(3)), foot('average rank', (method) => grid.averageRank(method).toFixed(2)));
  return table(['set', 'n', 'T', 'K', ...methods, ...references.map(([name]) => name)], body);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Rows of older runs lack some. */
const meanText = (values: readonly (number | null)[]): string => (values.includes(null) ? '–' : mean(values as number[]).toFixed(3));
const text = (cell: Cell | null): string => (cell === null ? '–' : `${cell.mean.toFixed(3)}${cell.sd === null ? '' : ` (${cell.sd.toFixed(3)})`}`);

function span(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
