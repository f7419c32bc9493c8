import { lossySteps, preparationEntry } from '../../../core/catalog';
import type { ImputationError } from '../../../engine/protocol';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { threeDigits, told } from '../shared/told';
import { type FillingRow, fillingRows } from './figure';
import { Spark } from './LabelScores';
import { strings } from './strings';

/** Error of the imputed values on cells that were hidden for the purpose, beside two plain fillings. */
export function ImputationScores({ imputation, spark }: { imputation: ImputationError; spark: string }) {
  const texts = useStrings(strings);
  const { integer, percent, short } = useFormat();
  const id = useStore((state) => state.run.start?.spec.method ?? state.experiment.method);
  const method = useMethodWords()(id).label;
  const steps = useStore((state) => state.run.start?.spec.preparation.steps);
  const language = useStore((state) => state.view.language);
  const lossy = lossySteps(steps ?? []).map((id) => (language === 'ko' ? preparationEntry(id).ko.label : preparationEntry(id).label));
  const name = (filling: FillingRow['filling']): string => (filling === 'model' ? method : texts.fillings[filling]);
  const rows = fillingRows({ ...imputation, model: imputation });
  const widest = Math.max(1, ...rows.map(({ ratio }) => ratio).filter(Number.isFinite));
  return (
    <>
      <table className="scores-table">
        <caption>
          {texts.imputation} <span className="scores-protocol">{texts.hidden(integer(imputation.hidden), percent(imputation.achieved), percent(imputation.asked))}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{texts.filling}</th>
            <th scope="col">RMSE</th>
            <th scope="col">MAE</th>
            <th scope="col">RMSE {texts.ratio}</th>
            <th scope="col">
              <span className="visually-hidden">{texts.course}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ filling, error, ratio }) => (
            <tr key={filling} data-filling={filling}>
              <th scope="row">{name(filling)}</th>
              <td className="scores-value">{told(error.rmse, threeDigits)}</td>
              <td className="scores-value">{told(error.mae, threeDigits)}</td>
              <td className="scores-bar">
                <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect className="bar-track" width="100" height="6" />
                  <rect className={filling === 'model' ? 'bar-value' : 'bar-plain'} width={Number.isFinite(ratio) ? (100 * ratio) / widest : 0} height="6" />
                  <rect className="bar-floor" x={100 / widest - 1} width="1" height="6" />
                </svg>
                <span className="scores-floor">{told(ratio, (share) => share.toFixed(2))}</span>
              </td>
              <td className="scores-spark">{filling === 'model' && <Spark path={spark} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lossy.length > 0 && <p className="field-hint">{texts.lossy(lossy.join(', '))}</p>}
      {imputation.perVariable.length > 1 && (
        <details className="scores-variables">
          <summary>{texts.perVariable}</summary>
          <table className="scores-table">
            <thead>
              <tr>
                <th scope="col">{texts.variable}</th>
                <th scope="col">{texts.cells}</th>
                <th scope="col">RMSE {method}</th>
                <th scope="col">{texts.fillings.columnMean}</th>
                <th scope="col">{texts.fillings.linear}</th>
              </tr>
            </thead>
            <tbody>
              {imputation.perVariable.map(({ variable, hidden, model, columnMean, linear }) => (
                <tr key={variable}>
                  <th scope="row">{variable}</th>
                  <td className="scores-value">{integer(hidden)}</td>
                  <td className="scores-value">{told(model.rmse, short)}</td>
                  <td className="scores-value">{told(columnMean.rmse, short)}</td>
                  <td className="scores-value">{told(linear.rmse, short)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </>
  );
}
