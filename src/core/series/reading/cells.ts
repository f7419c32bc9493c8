import { missingTest } from './missing';
import { NumberReader, problemWords } from './number';
import { quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';
import { splitUnit } from './units';

/** What became of a cell. */
export const Cell = { missing: 0, observed: 1, repaired: 2, rejected: 3, outside: 4 } as const;

/** 1 for true, 0 for false, null for anything else. */
export function trueOrFalse(text: string): 0 | 1 | null {
  const word = text.toLowerCase();
  return word === 'true' ? 1 : word === 'false' ? 0 : null;
}

/** Reads value cells under a plan; what it refuses goes into the notes with its place. */
export class CellReader {
  /** Of the last cell that was observed or repaired. */
  value = 0;
  /** One a unit; columns of one unit share theirs. */
  readonly #numbers: NumberReader[];
  readonly #plain: NumberReader;
  readonly #isMissing: (trimmed: string) => boolean;
  /** How many cells held each number that the plan counts as missing. */
  readonly sentinels: Map<number, number>;

  constructor(
    plan: ImportPlan,
    readonly columns: readonly string[],
    readonly notes: NoteBook,
  ) {
    const readers = new Map(['', ...(plan.units ?? [])].map((unit) => [unit, new NumberReader(plan.decimal, plan.thousands, unit)]));
    this.#plain = readers.get('')!;
    this.#numbers = columns.map((_, j) => readers.get(plan.units?.[j] ?? '')!);
    this.#isMissing = missingTest(plan.missingMarks);
    this.sentinels = new Map(plan.sentinels.map((value) => [value, 0]));
  }

  read(text: string, line: number, column: number): number {
    const trimmed = text.trim();
    if (this.#isMissing(trimmed)) return Cell.missing;
    const numbers = this.#numbers[column] ?? this.#plain;
    if (trimmed.length > 0 && numbers.read(trimmed)) {
      this.value = numbers.value;
      const times = this.sentinels.get(numbers.value);
      if (times !== undefined) {
        this.sentinels.set(numbers.value, times + 1);
        return Cell.missing;
      }
      if (!numbers.repaired) return Cell.observed;
      this.notes.add('info', 'repairedNumber', `Line ${line}, column ${this.#name(column)}: ${quote(trimmed)} was read as ${numbers.value}.`, this.#place(line, column));
      return Cell.repaired;
    }
    const truth = trueOrFalse(trimmed);
    if (truth !== null) {
      this.value = truth;
      this.notes.add('info', 'trueOrFalse', `Line ${line}, column ${this.#name(column)}: ${quote(trimmed)} was read as ${truth}.`, this.#place(line, column));
      return Cell.repaired;
    }
    const otherUnit = numbers.unit !== '' && splitUnit(trimmed) !== null;
    const why = trimmed.length === 0 ? 'empty, and empty cells do not count as missing here' : otherUnit ? `written in another unit than the ${quote(numbers.unit)} of most cells` : problemWords[numbers.problem];
    this.notes.add('warning', 'badNumber', `Line ${line}, column ${this.#name(column)}: ${quote(trimmed)} is ${why}. The cell is treated as missing; mend it in the file, or add the text to those that mean "missing".`, { ...this.#place(line, column), text: trimmed });
    return Cell.rejected;
  }

  #name(column: number): string {
    return `${column + 1} ${quote(this.columns[column] ?? '')}`;
  }

  #place(line: number, column: number): { line: number; column: number; columnName: string } {
    return { line, column, columnName: this.columns[column] ?? '' };
  }
}
