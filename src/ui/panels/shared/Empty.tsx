import { useStore, useStrings } from '../../store/hooks';
import { sharedStrings } from './strings';

/** What to do before a chart of the run can show something. */
export function Empty() {
  const texts = useStrings(sharedStrings);
  const opened = useStore((state) => state.dataset.set !== null);
  const status = useStore((state) => state.run.status);
  const waiting = status === 'starting' || status === 'running';
  return <p className="chart-empty">{!opened ? texts.noData : waiting ? texts.waiting : texts.noRun}</p>;
}
