import { quote } from './notes';
import type { NoteBook } from './notes';
import type { ImportPlan } from './plan';
import { seemSerial, serialTime } from './serialDates';

/** Warns of times that are numbers and may be dates of a spreadsheet; `some`: the others of their column are none. */
export function tellSerialDates(texts: readonly string[], some: boolean, name: string, at: { column: number; columnName: string }, { decimal }: ImportPlan, notes: NoteBook): void {
  const first = seemSerial(texts, name, decimal);
  if (first === null) return;
  const day = new Date(serialTime(first, '1900', decimal)).toISOString().slice(0, 10);
  notes.add('warning', 'serialDates', `${some ? 'Some' : 'The'} times are numbers such as ${quote(first)}, which may be dates as Excel keeps them: days since 1900, so ${day}. ${some ? 'Until you say so they are no times like the others.' : 'Until you say so they are plain numbers.'}`, at);
}
