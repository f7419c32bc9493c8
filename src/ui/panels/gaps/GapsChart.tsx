import { useCallback } from 'react';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import type { Place } from '../../charts/figure';
import { Plot } from '../../charts/Plot';
import type { Tool } from '../../charts/plotConfig';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import type { Store } from '../../store/state';
import { sharedStrings } from '../shared/strings';
import { useDerived, watch } from '../shared/watch';
import { gapsFigure, MOST_VARIABLES } from './figure';
import { missingByStep } from './shares';
import { strings } from './strings';
import './gaps.css';

const TOOLS: readonly Tool[] = ['zoom2d', 'pan2d', 'zoomIn2d', 'zoomOut2d', 'resetScale2d', 'toImage'];

interface Told {
  set: SeriesSet;
  shares: Float64Array;
}

const pick = ({ dataset }: Store) => [dataset.set];
const follow = watch(pick);

function* derive({ dataset }: Store): Generator<void, Told | null, void> {
  const { set } = dataset;
  return set === null ? null : { set, shares: yield* missingByStep(set) };
}

/** When in time values are missing. */
export function GapsChart() {
  const texts = useStrings(strings);
  const shared = useStrings(sharedStrings);
  const { percent } = useFormat();
  const language = useStore((state) => state.view.language);
  const told = useDerived(pick, derive, null as Told | null, 0);
  const draw = useCallback((place: Place) => (told === null ? null : gapsFigure(told.set, told.shares, place, texts.step)), [told, texts]);
  if (told !== null && told.shares.every((share) => !(share > 0))) return null;
  const most = told === null ? 0 : told.shares.reduce((best, share, at) => (share > told.shares[best] || Number.isNaN(told.shares[best]) ? at : best), 0);
  return (
    <section className="gaps">
      <h3>
        {texts.title} {told !== null && told.set.d > MOST_VARIABLES && <span className="faint">{texts.first(MOST_VARIABLES)}</span>}
      </h3>
      <Plot
        draw={draw}
        subscribe={follow}
        label={told === null ? texts.waiting : texts.summary(percent(told.shares[most]), told.set.time.texts[most % told.set.t] ?? String(most % told.set.t))}
        tools={TOOLS}
        fileName="lacuna-gaps"
        locale={language}
        texts={shared}
      />
    </section>
  );
}
