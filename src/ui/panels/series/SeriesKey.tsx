import { methodEntry } from '../../../core/catalog';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord } from '../../store/state';
import { Progress } from '../../widgets/Progress';
import { strings } from './strings';

/** How observed, imputed, hidden and missing values are drawn. */
export function SeriesKey() {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const run = useStore((state) => state.run.start !== null);
  const hides = useStore((state) => (state.run.start?.hidden.length ?? 0) > 0);
  const relevance = useStore((state) => shownRecord(state)?.shot?.relevance !== undefined);
  const tells = useStore(({ run: { start } }) => start !== null && methodEntry(start.spec.method).relevance !== undefined);
  const making = useStore(({ run: { makingRelevance } }) => makingRelevance && Math.floor(100 * makingRelevance.ready));
  return (
    <p className="series-key">
      <span>
        <svg width="24" height="10" aria-hidden="true">
          <path className="key-observed" d="M1,5H23" />
        </svg>
        {texts.observed}
      </span>
      {run && (
        <span>
          <svg width="24" height="10" aria-hidden="true">
            <path className="key-imputed" d="M1,5H23" />
          </svg>
          {texts.imputed}
        </span>
      )}
      <span>
        <svg width="16" height="10" aria-hidden="true">
          <path className="key-gap" d="M0,0H16V10H0Z" />
        </svg>
        {texts.gap}
      </span>
      {relevance && (
        <span>
          <svg width="20" height="10" aria-hidden="true">
            <path className="key-relevance" d="M0,10L5,8L10,1L15,7L20,10Z" />
          </svg>
          {texts.relevance}
        </span>
      )}
      {hides && (
        <span>
          <svg width="10" height="10" aria-hidden="true">
            <circle className="key-hidden" cx="5" cy="5" r="3.5" />
          </svg>
          {texts.hidden}
        </span>
      )}
      {making !== null && (
        <span className="key-making">
          {texts.makingRelevance}
          <Progress label={texts.makingRelevance} value={making / 100} />
          {integer(making)} %
        </span>
      )}
      {tells && !relevance && making === null && <span>{texts.relevanceAtRest}</span>}
    </p>
  );
}
