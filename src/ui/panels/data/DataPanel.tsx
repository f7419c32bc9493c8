import { lazy, Suspense } from 'react';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { Banner } from '../../widgets/Banner';
import { Button } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Progress } from '../../widgets/Progress';
import { EngineWords } from '../shared/EngineWords';
import { DialectForm } from './DialectForm';
import { Findings, ImportReportView } from './ImportReportView';
import { LeftOut } from './LeftOut';
import { PreviewTable } from './PreviewTable';
import { Sentinels } from './Sentinels';
import { strings } from './strings';

/** Loaded when a file is open: it draws with plotly. */
const GapsChart = lazy(() => import('../gaps'));

/** Progress while a file is read, then how it was read, what can be changed, and the account of every cell. */
export function DataPanel({ onBrowse }: { onBrowse(): void }) {
  const texts = useStrings(strings);
  const format = useFormat();
  const { status, preview, plan, report, failure, bytesRead, bytesTotal, set } = useStore((state) => state.dataset);
  const locked = useStore((state) => state.run.status !== 'idle');
  const { changePlan, closeDataset, reset } = useActions();
  const opening = status === 'opening';
  const share = bytesTotal > 0 ? bytesRead / bytesTotal : null;

  return (
    <Panel id="data" title={texts.title} note={set ? texts.shape(format.integer(set.n), format.integer(set.t), format.integer(set.d), set.d === 1) : preview?.summary}>
      <div className="data-panel" aria-busy={opening}>
        {opening && (
          <div className="reading" role="status">
            <span>{set === null ? texts.reading : texts.readingAgain}</span>
            {bytesTotal > 0 && <span className="faint numeric">{texts.readBytes(format.bytes(bytesRead), format.bytes(bytesTotal))}</span>}
            <Progress label={texts.reading} value={share} />
          </div>
        )}
        {failure && (
          <Banner
            tone="bad"
            title={texts.failedTitle}
            actions={
              <>
                <Button onClick={onBrowse}>{texts.chooseAnother}</Button>
                <Button look="quiet" onClick={closeDataset}>
                  {texts.startOver}
                </Button>
              </>
            }
          >
            <EngineWords message={failure.message} />
          </Banner>
        )}
        {locked && (
          <Banner tone="info" actions={<Button onClick={() => reset('same')}>{texts.reset}</Button>}>
            {texts.locked}
          </Banner>
        )}
        {set?.labels && <Banner tone="info">{texts.labels(set.labels.name, format.integer(set.labels.names.length))}</Banner>}
        {plan && (
          <fieldset className="plain" disabled={locked}>
            <legend className="visually-hidden">{texts.dialect}</legend>
            {report && <Sentinels suspected={report.suspectedSentinels} plan={plan} onChange={changePlan} />}
            <LeftOut plan={plan} onChange={changePlan} />
            <DialectForm plan={plan} onChange={changePlan} />
            {preview && (
              <>
                <h3>{texts.table}</h3>
                <PreviewTable preview={preview} plan={plan} onChange={changePlan} />
              </>
            )}
          </fieldset>
        )}
        {(report || (preview && (!failure || preview.notes.length > 0))) && (
          <section className="data-report">
            <div>
              <h3>{texts.report}</h3>
              {report ? <ImportReportView report={report} /> : <p className="report-line faint">{texts.reportWaiting}</p>}
            </div>
            <div>
              <h3>{texts.notes}</h3>
              <Findings notes={report?.notes ?? preview?.notes ?? []} onLeaveOut={plan && !locked ? (id) => changePlan({ ...plan, excluded: [...(plan.excluded ?? []), id] }) : undefined} onDates={plan && !locked ? () => changePlan({ ...plan, serialDates: '1900' }) : undefined} />
            </div>
          </section>
        )}
        {set !== null && (
          <Suspense fallback={null}>
            <GapsChart />
          </Suspense>
        )}
      </div>
    </Panel>
  );
}
