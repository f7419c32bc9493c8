import type { ImputationError, Metrics } from '../../../engine/protocol';
import { useStore, useStrings } from '../../store/hooks';
import { type EpochRecord, shownRecord, type Store } from '../../store/state';
import { Panel } from '../../widgets/Panel';
import { MethodLine } from '../shared/MethodLine';
import { useDerived } from '../shared/watch';
import { errorSpark, type ScoreRow, scoreRows } from './figure';
import { ImputationScores } from './ImputationScores';
import { LabelScores } from './LabelScores';
import { strings } from './strings';
import { ValidityScores } from './ValidityScores';
import './scores.css';

interface Told {
  epoch: number;
  metrics: Metrics | null;
  rows: ScoreRow[];
  imputation: ImputationError | null;
  spark: string;
  validity: EpochRecord['validity'];
  assignments: Int32Array;
}

const pick = (state: Store) => [shownRecord(state)?.shot, shownRecord(state)?.validity, state.run.runId];

function* derive(state: Store): Generator<void, Told | null, void> {
  const record = shownRecord(state);
  if (!record?.shot) return null;
  const { metrics, imputation } = record.shot;
  const { history } = state.run;
  return { epoch: record.epoch, metrics, imputation, rows: metrics === null ? [] : scoreRows(metrics, history), spark: errorSpark(history), validity: record.validity, assignments: record.shot.assignments };
}

export function ScoresPanel() {
  const texts = useStrings(strings);
  const told = useDerived(pick, derive, null as Told | null, 250);
  const labelled = useStore((state) => state.dataset.set === null || state.dataset.set.labels !== null);
  const hides = useStore((state) => (state.run.start?.spec ?? state.experiment).hideRate > 0);
  return (
    <Panel id="scores" title={texts.title} note={<MethodLine epoch={told?.epoch ?? null} />}>
      <div className="scores">
        {told?.metrics ? <LabelScores metrics={told.metrics} rows={told.rows} /> : <p className="scores-note">{labelled ? texts.waiting : texts.noLabels}</p>}
        {told?.validity ? <ValidityScores told={told.validity} assignments={told.assignments} /> : told && <p className="scores-note">{texts.validityWaits}</p>}
        {told?.imputation ? <ImputationScores imputation={told.imputation} spark={told.spark} /> : !hides && <p className="scores-note">{texts.noHidden}</p>}
      </div>
    </Panel>
  );
}
