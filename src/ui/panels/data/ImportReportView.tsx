import type { ImportNote, ImportReport } from '../../../core/series/reading/plan';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { koreanFindings } from './koreanFindings';
import { koreanSentenceOf } from './koreanSentences';
import { strings } from './strings';

/** Where every row and cell of the file went, and what was found on the way. */
export function ImportReportView({ report }: { report: ImportReport }) {
  const texts = useStrings(strings);
  const format = useFormat();
  const { rows, cells } = report;
  return (
    <div className="report">
      <Account
        title={texts.rows}
        total={texts.total(format.integer(rows.total))}
        parts={(['data', 'header', 'preamble', 'blank', 'rejected'] as const).map((key) => ({ key, label: texts.rowParts[key], count: rows[key] }))}
      />
      <Account
        title={texts.cells}
        total={texts.total(format.integer(cells.total))}
        parts={(['observed', 'missing', 'outside', 'rejected'] as const).map((key) => ({ key, label: texts.cellParts[key], count: cells[key] }))}
      />
      {cells.repaired > 0 && <p className="report-line">{texts.repaired(format.integer(cells.repaired))}</p>}
      <p className="report-line faint">{texts.addsUp}</p>
    </div>
  );
}

interface AccountProps {
  title: string;
  total: string;
  parts: { key: string; label: string; count: number }[];
}

/** One bar whose parts add up to the whole, with its numbers. */
function Account({ title, total, parts }: AccountProps) {
  const format = useFormat();
  const whole = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <section className="account">
      <h4>
        {title} <span className="faint numeric">{total}</span>
      </h4>
      <div className="account-bar" aria-hidden="true">
        {parts.map(({ key, count }) => count > 0 && <span key={key} data-part={key} style={{ flexGrow: count }} />)}
      </div>
      <ul>
        {parts.map(({ key, label, count }) => (
          <li key={key} data-zero={count === 0 || undefined}>
            <span className="swatch" data-part={key} />
            <span className="numeric">{format.integer(count)}</span> {label}
            {count > 0 && count < whole && <span className="faint numeric"> {format.percent(count / whole)}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The sentence in the language of the page; in Korean its gist beside the English one where it is not known. */
function FindingWords({ note, korean }: { note: ImportNote; korean: boolean }) {
  const sentence = korean ? koreanSentenceOf(note) : null;
  if (sentence !== null) return <span>{sentence}</span>;
  return (
    <>
      {korean && koreanFindings[note.code] && <span className="finding-gist">{koreanFindings[note.code]}</span>}
      <span lang="en">{note.message}</span>
    </>
  );
}

/** The findings, worst first, each with its place in the file. */
export function Findings({ notes, onLeaveOut, onDates }: { notes: readonly ImportNote[]; onLeaveOut?(id: string): void; onDates?(): void }) {
  const texts = useStrings(strings);
  const format = useFormat();
  const language = useStore((state) => state.view.language);
  if (notes.length === 0) return <p className="report-line faint">{texts.noNotes}</p>;
  return (
    <ul className="findings">
      {notes.map((note) => (
        <li key={`${note.code} ${note.line} ${note.column} ${note.message}`} data-severity={note.severity} data-code={note.code}>
          <span className={`tag ${note.severity === 'error' ? 'bad' : note.severity === 'warning' ? 'warn' : ''}`}>{texts.severity[note.severity]}</span>
          <span className="finding-text">
            <FindingWords note={note} korean={language === 'ko'} />{' '}
            {note.series !== undefined && onLeaveOut && (
              <button type="button" className="link" onClick={() => onLeaveOut(note.series!)}>
                {texts.leaveOut}
              </button>
            )}
            {note.code === 'serialDates' && onDates && (
              <button type="button" className="link" onClick={onDates}>
                {texts.areDates}
              </button>
            )}
          </span>
          <span className="finding-place numeric">
            {note.line !== null && <span>{texts.line(format.integer(note.line))}</span>}
            {note.column !== null && <span title={note.columnName ?? undefined}>{texts.column(format.integer(note.column))}</span>}
            {note.count > 1 && <span>{texts.times(format.integer(note.count))}</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}
