import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useActions, useFormat, useStore, useStrings } from '../../store/hooks';
import { shownRecord, type Store } from '../../store/state';
import { Panel } from '../../widgets/Panel';
import { Button } from '../../widgets/Button';
import { Empty } from '../shared/Empty';
import { selectedFlags } from '../shared/groups';
import { MethodLine } from '../shared/MethodLine';
import { useScheme } from '../shared/useScheme';
import { useDerived } from '../shared/watch';
import { LeaveOutButton } from './LeaveOutButton';
import { between, type Column, type Sort, tableRows } from './rows';
import { strings } from './strings';
import { TableRow } from './TableRow';
import './table.css';

const ROW_HEIGHT = 28;

interface Told {
  epoch: number | null;
  assignments: Int32Array | null;
  confidence: Float32Array | null;
}
const NOTHING: Told = { epoch: null, assignments: null, confidence: null };

const pick = (state: Store) => [shownRecord(state)?.shot, state.run.runId];

function* derive(state: Store, before: Told): Generator<void, Told, void> {
  const record = shownRecord(state);
  if (!record?.shot) return NOTHING;
  const { assignments, confidence } = record.shot;
  return assignments === before.assignments ? before : { epoch: record.epoch, assignments, confidence };
}

export function TablePanel() {
  const texts = useStrings(strings);
  const { integer } = useFormat();
  const scheme = useScheme();
  const actions = useActions();
  const set = useStore((state) => state.dataset.set);
  const selection = useStore((state) => state.selection);
  const named = useStore((state) => Object.keys(state.run.clusterNames).length > 0);
  const told = useDerived(pick, derive, NOTHING, 400);
  const [sort, setSort] = useState<Sort | null>(null);
  const [filter, setFilter] = useState('');
  const [onlySelected, setOnlySelected] = useState(false);
  const [active, setActive] = useState(0);
  const anchor = useRef(0);
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();

  const flags = set === null ? null : selectedFlags(set.n, selection.series);
  const only = onlySelected ? flags : null;
  const none = set === null || (onlySelected && flags === null);
  const rows = useMemo(() => (none ? [] : tableRows({ set, assignments: told.assignments, confidence: told.confidence, sort, filter, only })), [none, set, told, sort, filter, only]);
  // oxlint-disable-next-line react/incompatible-library -- its functions stay in this component, which no compiler memoises
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: 8 });
  const at = Math.min(active, Math.max(0, rows.length - 1));

  const live = useRef({ rows, virtual });
  useEffect(() => {
    live.current = { rows, virtual };
  });
  const { series: selected, source } = selection;
  useEffect(() => {
    if (source === 'table' || selected.length === 0) return;
    const place = live.current.rows.indexOf(selected[0]);
    if (place >= 0) live.current.virtual.scrollToIndex(place, { align: 'auto' });
  }, [selected, source]);

  const press = useCallback(
    (place: number, { shiftKey, ctrlKey, metaKey, altKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>) => {
      const { rows: listed } = live.current;
      const series = listed[place];
      if (series === undefined) return;
      setActive(place);
      if (shiftKey) return actions.select(between(listed, anchor.current, place), 'table', 'replace');
      anchor.current = place;
      if (altKey) actions.select([series], 'table', 'subtract');
      else if (ctrlKey || metaKey) actions.select([series], 'table', 'add');
      else actions.select([series], 'table', 'replace');
    },
    [actions],
  );
  const hover = useCallback((series: number | null) => actions.hover(series), [actions]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 1);
    const goals: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: rows.length - 1 };
    if (event.key in goals) {
      const place = Math.min(rows.length - 1, Math.max(0, goals[event.key]));
      setActive(place);
      virtual.scrollToIndex(place, { align: 'auto' });
      if (event.shiftKey) actions.select(between(rows, anchor.current, place), 'table', 'replace');
    } else if (event.key === ' ' || event.key === 'Enter') {
      const series = rows[at];
      if (series === undefined) return;
      anchor.current = at;
      actions.select([series], 'table', flags?.[series] === 1 ? 'subtract' : event.ctrlKey || event.metaKey || selection.source === 'table' ? 'add' : 'replace');
    } else if (event.key === 'Escape') {
      actions.clearSelection();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const columns: Column[] = ['id', 'cluster', 'confidence', ...(set?.labels ? (['label'] as const) : []), 'missing'];
  const sortBy = (column: Column): void => {
    if (sort?.column !== column) setSort({ column, descending: false });
    else setSort(sort.descending ? null : { column, descending: true });
  };

  return (
    <Panel
      id="table"
      title={texts.title}
      note={<MethodLine epoch={told.epoch} />}
      actions={
        <>
          <label className="table-only">
            <input type="checkbox" checked={onlySelected} onChange={(event) => setOnlySelected(event.target.checked)} /> {texts.onlySelected}
          </label>
          <input type="search" className="table-filter" aria-label={texts.filter} placeholder={texts.filter} value={filter} onChange={(event) => setFilter(event.target.value)} />
        </>
      }
    >
      {set === null ? (
        <div className="chart-plot">
          <Empty />
        </div>
      ) : (
        <div
          role="grid"
          className="table-grid"
          tabIndex={0}
          aria-label={texts.grid}
          aria-rowcount={rows.length + 1}
          aria-multiselectable="true"
          aria-activedescendant={rows.length > 0 ? `${gridId}-${at}` : undefined}
          data-labelled={set.labels !== null || undefined}
          data-named={named || undefined}
          onKeyDown={onKeyDown}
        >
          <div role="row" className="table-head" aria-rowindex={1}>
            {columns.map((column) => (
              <span key={column} role="columnheader" aria-sort={sort?.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}>
                <button type="button" onClick={() => sortBy(column)}>
                  {texts.columns[column]}
                  {sort?.column === column && (sort.descending ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
                </button>
              </span>
            ))}
          </div>
          <div ref={scroller} role="rowgroup" className="table-scroll">
            <div className="table-height" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map(({ index, start }) => {
                const series = rows[index];
                return (
                  <TableRow
                    key={series}
                    id={`${gridId}-${index}`}
                    place={index}
                    series={series}
                    set={set}
                    cluster={told.assignments?.[series] ?? null}
                    confidence={told.confidence?.[series] ?? null}
                    selected={flags?.[series] === 1}
                    hovered={selection.hover === series}
                    active={index === at}
                    scheme={scheme}
                    top={start}
                    onPress={press}
                    onHover={hover}
                  />
                );
              })}
            </div>
            {rows.length === 0 && <p className="table-none">{texts.none}</p>}
          </div>
        </div>
      )}
      {set !== null && (
        <p className="table-count">
          <output>{texts.count(integer(rows.length), integer(set.n))}</output>
          {filter.trim() !== '' && rows.length > 0 && (
            <Button look="quiet" onClick={() => actions.select(rows, 'table')}>
              {texts.selectAll}
            </Button>
          )}
          <LeaveOutButton />
        </p>
      )}
    </Panel>
  );
}
