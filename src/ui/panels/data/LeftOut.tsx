import { X } from 'lucide-react';
import type { ImportPlan } from '../../../core/series/reading/plan';
import { useFormat, useStrings } from '../../store/hooks';
import { Button } from '../../widgets/Button';
import { strings } from './strings';

const SHOWN = 12;

interface LeftOutProps {
  plan: ImportPlan;
  onChange(plan: ImportPlan): void;
}

/** The series that the person left out, each with the way back. */
export function LeftOut({ plan, onChange }: LeftOutProps) {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const excluded = plan.excluded ?? [];
  if (excluded.length === 0) return null;
  return (
    <div className="left-out">
      <span>{texts.leftOut}</span>
      {excluded.slice(0, SHOWN).map((id) => (
        <button key={id} type="button" className="tag" aria-label={texts.takeBack(id)} title={texts.takeBack(id)} onClick={() => onChange({ ...plan, excluded: excluded.filter((other) => other !== id) })}>
          <span className="left-out-id">{id}</span> <X size={12} aria-hidden="true" />
        </button>
      ))}
      {excluded.length > SHOWN && <span className="faint">{texts.hiddenColumns(integer(excluded.length - SHOWN))}</span>}
      {excluded.length > 1 && (
        <Button look="quiet" onClick={() => onChange({ ...plan, excluded: [] })}>
          {texts.takeAllBack}
        </Button>
      )}
    </div>
  );
}
