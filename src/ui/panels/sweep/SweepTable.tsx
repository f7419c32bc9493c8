import type { SweepRow } from '../../../core/metrics/sweep';
import { useActions, useStore, useStrings } from '../../store/hooks';
import { Button } from '../../widgets/Button';
import { threeDigits, told } from '../shared/told';
import { type ColumnKey, columnsOf } from './figure';
import { strings } from './strings';

/** One row a K; the best of each column is marked, and each K can be taken over. */
export function SweepTable({ rows, best, caption }: { rows: readonly SweepRow[]; best: Record<ColumnKey, number | null>; caption: string | null }) {
  const texts = useStrings(strings);
  const { changeExperiment } = useActions();
  const clusters = useStore((state) => state.experiment.clusters);
  const columns = columnsOf(rows);
  return (
    <div className="sweep-scroll" tabIndex={0} role="region" aria-label={texts.title}>
      <table className="sweep-table">
        {caption !== null && <caption>{caption}</caption>}
        <thead>
          <tr>
            <th scope="col">K</th>
            {columns.map(({ key, better }) => (
              <th key={key} scope="col" title={`${texts.columns[key]}: ${texts.better[better]}`}>
                {texts.columns[key]} <span aria-hidden="true">{better === 'high' ? '↑' : '↓'}</span>
              </th>
            ))}
            <th scope="col">
              <span className="visually-hidden">{texts.use('…')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.k} data-k={row.k} aria-current={row.k === clusters || undefined}>
              <th scope="row">{row.k}</th>
              {columns.map(({ key }) => (
                <td key={key} data-best={best[key] === row.k || undefined}>
                  {told(row[key] ?? undefined, threeDigits)}
                  {key === 'gap' && row.gapError !== null && <span className="faint"> ±{told(row.gapError, threeDigits)}</span>}
                  {best[key] === row.k && <span className="sweep-best">{texts.best}</span>}
                </td>
              ))}
              <td>
                {row.k === clusters ? (
                  <span className="tag good">{texts.inUse}</span>
                ) : (
                  <Button look="quiet" onClick={() => changeExperiment({ clusters: row.k })}>
                    {texts.use(String(row.k))}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
