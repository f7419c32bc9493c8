import { X } from 'lucide-react';
import { useMemo } from 'react';
import { useFormat, useStore, useStrings } from '../store/hooks';
import { IconButton } from '../widgets/Button';
import { missingShare } from './missingShare';
import { shell } from './strings';
import { useOpening } from './useOpening';

/** The open file in the header: its name, its shape, how much is missing. */
export function DatasetChip() {
  const texts = useStrings(shell);
  const format = useFormat();
  const { name, set, report, status, preview } = useStore((state) => state.dataset);
  const { close } = useOpening();
  const missing = useMemo(() => (set === null || report === null ? 0 : missingShare(set, report.cells.observed)), [set, report]);
  if (status === 'empty' || (status === 'failed' && preview === null)) return null;
  return (
    <div className="dataset-chip" data-testid="dataset">
      <span className="dataset-name" title={name}>
        {name}
      </span>
      {set && (
        <>
          <span className="faint numeric" title={texts.shapeLong(format.integer(set.n), format.integer(set.t), format.integer(set.d), set.d === 1)}>
            <span className="shape-long">{texts.shapeLong(format.integer(set.n), format.integer(set.t), format.integer(set.d), set.d === 1)}</span>
            <span className="shape-short">{texts.shape(format.integer(set.n), format.integer(set.t), format.integer(set.d))}</span>
          </span>
          <span className="faint numeric optional">{texts.gaps(format.percent(missing))}</span>
        </>
      )}
      <IconButton label={texts.closeDataset} look="quiet" onClick={close}>
        <X />
      </IconButton>
    </div>
  );
}
