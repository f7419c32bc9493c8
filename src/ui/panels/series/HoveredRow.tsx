import { useStore } from '../../store/hooks';
import { MARGIN } from './paint';

/** A shade over the row of the series that is hovered, in whichever chart. */
export function HoveredRow({ rows }: { rows: readonly number[] }) {
  const at = useStore(({ selection }) => (selection.hover === null ? -1 : rows.indexOf(selection.hover)));
  if (at < 0) return null;
  const height = `(100% - ${MARGIN.t + MARGIN.b}px) / ${rows.length}`;
  return <div className="series-hovered" style={{ top: `calc(${MARGIN.t}px + ${at} * ${height})`, height: `calc(${height})` }} />;
}
