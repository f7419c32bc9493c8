import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { SeriesSet } from '../../../core/series/SeriesSet';
import { groupColour } from '../../charts/colours';
import type { Place } from '../../charts/figure';
import { Plot } from '../../charts/Plot';
import type { Tool } from '../../charts/plotConfig';
import type { PlotEvents } from '../../charts/plotEvents';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { store } from '../../store/store';
import { IconButton } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Select } from '../../widgets/Select';
import { clusterNumber } from '../shared/clusterNumber';
import { Empty } from '../shared/Empty';
import { MethodLine } from '../shared/MethodLine';
import { sharedStrings } from '../shared/strings';
import { useDerived, watch } from '../shared/watch';
import { ruledSet } from '../shared/ruled';
import { type Row, seriesFigure } from './figure';
import { HoveredRow } from './HoveredRow';
import { type Filling, flagCells } from './pieces';
import { cellCounts, listed, MOST_VARIABLES, type Order, ROWS } from './rows';
import { SeriesKey } from './SeriesKey';
import { strings } from './strings';
import './series.css';

const TOOLS: readonly Tool[] = ['zoom2d', 'pan2d', 'zoomIn2d', 'zoomOut2d', 'resetScale2d', 'toImage'];
const follow = watch((state) => [shownRecord(state)?.shot, state.run.start, state.dataset.set]);

const pickList = (state: Store) => [shownRecord(state)?.shot, state.dataset.set, state.selection.series];
const deriveList = (order: Order) =>
  function* (state: Store, before: number[]): Generator<void, number[], void> {
    const now = listed(state.dataset.set?.n ?? 0, state.selection.series, order, shownRecord(state)?.shot?.confidence ?? null);
    return now.length === before.length && now.every((series, at) => series === before[at]) ? before : now;
  };

export function SeriesPanel() {
  const texts = useStrings(strings);
  const shared = useStrings(sharedStrings);
  const { integer } = useFormat();
  const actions = useActions();
  const language = useStore((state) => state.view.language);
  const set = useStore((state) => state.dataset.set);
  const selection = useStore((state) => state.selection.series);
  const epoch = useStore((state) => shownRecord(state)?.epoch ?? null);
  const [order, setOrder] = useState<Order>('inFile');
  const [variable, setVariable] = useState('0');
  const [page, setPage] = useState({ of: selection, at: 0 });
  const derive = useMemo(() => deriveList(order), [order]);
  const list = useDerived(pickList, derive, [] as number[], 300);

  const all = variable === 'all' && set !== null && set.d > 1;
  const size = all ? 1 : ROWS;
  const last = Math.max(0, Math.ceil(list.length / size) - 1);
  const at = page.of === selection ? Math.min(page.at, last) : 0;
  const shown = useMemo(() => list.slice(at * size, (at + 1) * size).filter((i) => set !== null && i < set.n), [list, at, size, set]);
  const chosen = set === null || all ? 0 : Math.min(Number(variable) || 0, set.d - 1);

  const rowOf = useRef<{ series: number[]; traces: number[] }>({ series: [], traces: [] });
  const draw = useCallback(
    (place: Place) => {
      const state = store.getState();
      if (state.dataset.set === null || state.dataset.set !== set) return null;
      const shot = shownRecord(state)?.shot ?? null;
      const title = (i: number): string => (shot === null ? set.ids[i] : `${set.ids[i]} · ${shared.cluster(clusterNumber(shot.assignments[i]))}`);
      const colour = (i: number): string => (shot === null ? place.theme.accent : groupColour(shot.assignments[i], place.theme.scheme));
      const rows: Row[] = all
        ? shown.flatMap((series) => set.variables.slice(0, MOST_VARIABLES).map((name, j) => ({ series, variable: j, title: `${name} · ${title(series)}`, colour: colour(series) })))
        : shown.map((series) => ({ series, variable: chosen, title: title(series), colour: colour(series) }));
      const axis = set.time.kind === 'index' && set.time.name === 'step' ? texts.step : set.time.name;
      const words = { observed: texts.observed, imputed: texts.imputed, hidden: texts.hidden, relevance: texts.relevance, axis };
      const made = seriesFigure({ set: ruledSet(set, state.run.start), rows, filling: fillingOf(state, set), relevance: shot?.relevance, words }, place);
      if (made === null) return null;
      rowOf.current = { series: rows.map((row) => row.series), traces: made.rowOf };
      return { data: made.data, layout: made.layout };
    },
    [set, shown, chosen, all, texts, shared],
  );
  const events = useMemo<PlotEvents>(
    () => ({
      hover: (point) => actions.hover(point === null ? null : (rowOf.current.series[rowOf.current.traces[point.trace]] ?? null)),
    }),
    [actions],
  );

  const summary = useMemo(() => {
    if (set === null || shown.length === 0) return texts.empty;
    const counts = shown.map((i) => cellCounts(set, i));
    const sum = (pick: (count: { observed: number; missing: number }) => number): string => integer(counts.reduce((total, count) => total + pick(count), 0));
    return texts.summary(
      shown.map((i) => set.ids[i]).join(', '),
      sum((count) => count.observed),
      sum((count) => count.missing),
    );
  }, [set, shown, texts, integer]);
  const extra = all && set.d > MOST_VARIABLES ? texts.more(MOST_VARIABLES) : '';

  return (
    <Panel
      id="series"
      title={texts.title}
      note={<MethodLine epoch={epoch} extra={extra} />}
      actions={
        <>
          {set !== null && set.d > 1 && (
            <Select
              className="chart-select"
              label={texts.variable}
              value={all ? 'all' : String(chosen)}
              options={[{ value: 'all', label: texts.all }, ...set.variables.map((name, j) => ({ value: String(j), label: name }))]}
              onChange={setVariable}
            />
          )}
          <Select<Order>
            className="chart-select"
            label={texts.order}
            value={order}
            options={[
              { value: 'inFile', label: texts.inFile },
              { value: 'leastCertain', label: texts.leastCertain },
            ]}
            onChange={setOrder}
          />
          <span className="series-pager">
            <IconButton label={texts.previous} look="quiet" disabled={at === 0} onClick={() => setPage({ of: selection, at: at - 1 })}>
              <ChevronLeft size={16} />
            </IconButton>
            <output>
              {texts.page(integer(Math.min(list.length, at * size + 1)), integer(Math.min(list.length, (at + 1) * size)), integer(list.length))} {selection.length > 0 ? texts.ofSelection : texts.ofAll}
            </output>
            <IconButton label={texts.next} look="quiet" disabled={at >= last} onClick={() => setPage({ of: selection, at: at + 1 })}>
              <ChevronRight size={16} />
            </IconButton>
          </span>
        </>
      }
    >
      <SeriesKey />
      <Plot draw={draw} subscribe={follow} label={summary} tools={TOOLS} restMs={300} events={events} locale={language} texts={shared}>
        {!all && <HoveredRow rows={shown} />}
        {set === null && <Empty />}
      </Plot>
    </Panel>
  );
}

const flagsOf = new WeakMap<Uint32Array, Uint8Array>();

/** What the run knows of the gaps of `set` at the epoch in view. */
function fillingOf(state: Store, set: SeriesSet): Filling | null {
  const { start } = state.run;
  if (start === null) return null;
  let hidden = flagsOf.get(start.hidden);
  if (hidden === undefined) {
    hidden = flagCells(set.values.length, start.hidden);
    flagsOf.set(start.hidden, hidden);
  }
  return { gaps: start.gaps, imputed: shownRecord(state)?.shot?.imputed ?? null, hidden };
}
