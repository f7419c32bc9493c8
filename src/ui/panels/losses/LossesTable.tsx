import type { LossTerm } from '../../../core/catalog';
import { useFormat, useStrings } from '../../store/hooks';
import type { EpochRecord } from '../../store/state';
import { store } from '../../store/store';
import { told } from '../shared/told';
import { strings } from './strings';

/** Rows at most; the newest are told. */
const MOST = 200;

interface LossesTableProps {
  terms: readonly LossTerm[];
  /** The record in view; a new one means that there is more to tell. */
  shown: EpochRecord | null;
}

/** The losses as numbers, the newest epoch first. */
export function LossesTable({ terms, shown }: LossesTableProps) {
  const texts = useStrings(strings);
  const { short } = useFormat();
  const records = store.getState().run.history.filter(({ losses }) => losses !== null);
  return (
    <div className="losses-table" tabIndex={0} role="region" aria-label={texts.table}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.axis}</th>
            {terms.map((term) => (
              <th key={term.key} scope="col">
                {term.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records
            .slice(-MOST)
            .reverse()
            .map(({ epoch, losses }) => (
              <tr key={epoch} aria-current={epoch === shown?.epoch || undefined}>
                <th scope="row">{epoch}</th>
                {terms.map(({ key }) => (
                  <td key={key}>{told(losses?.[key], short)}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
