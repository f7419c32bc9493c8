import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { IconButton } from '../../widgets/Button';
import { Panel } from '../../widgets/Panel';
import { Select } from '../../widgets/Select';
import { MethodLine } from '../shared/MethodLine';
import { useDerived } from '../shared/watch';
import { cellCounts, listed, MOST_VARIABLES, type Order, ROWS } from './rows';
import { SeriesChart } from './SeriesChart';
import { SeriesKey } from './SeriesKey';
import { strings } from './strings';
import './series.css';

const pickList = (state: Store) => [shownRecord(state)?.shot, state.dataset.set, state.selection.series];
const deriveList = (order: Order) =>
  function* (state: Store, before: number[]): Generator<void, number[], void> {
    const now = listed(state.dataset.set?.n ?? 0, state.selection.series, order, shownRecord(state)?.shot?.confidence ?? null);
    return now.length === before.length && now.every((series, at) => series === before[at]) ? before : now;
  };

export function SeriesPanel() {
  const texts = useStrings(strings);
  const { integer } = useFormat();
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
      <SeriesChart label={summary} set={set} shown={shown} variable={all ? 'all' : chosen} />
    </Panel>
  );
}
