import type { ImportPlan, ImportReport } from '../../../core/series/reading/plan';
import { useFormat, useStrings } from '../../store/hooks';
import { Segmented } from '../../widgets/Segmented';
import { strings } from './strings';

interface SentinelsProps {
  suspected: ImportReport['suspectedSentinels'];
  plan: ImportPlan;
  onChange(plan: ImportPlan): void;
}

/** Asks about numbers that look like a mark for "missing"; nothing is assumed. */
export function Sentinels({ suspected, plan, onChange }: SentinelsProps) {
  const texts = useStrings(strings);
  const format = useFormat();
  if (suspected.length === 0) return null;
  return (
    <ul className="sentinels">
      {suspected.map(({ value, count }) => {
        const means = plan.sentinels.includes(value);
        return (
          <li key={value}>
            <span>{count === 1 ? texts.sentinelAskOne(String(value)) : texts.sentinelAsk(String(value), format.integer(count))}</span>
            <Segmented
              label={texts.sentinelGroup(String(value))}
              value={means ? 'yes' : 'no'}
              options={[
                { value: 'yes', label: texts.sentinelYes },
                { value: 'no', label: texts.sentinelNo },
              ]}
              onChange={(answer) => onChange({ ...plan, sentinels: answer === 'yes' ? [...plan.sentinels, value] : plan.sentinels.filter((one) => one !== value) })}
            />
          </li>
        );
      })}
    </ul>
  );
}
