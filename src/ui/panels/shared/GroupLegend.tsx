import type { Scheme } from '../../charts/colours';
import { useFormat, useStrings } from '../../store/hooks';
import { GroupMark } from './GroupMark';
import type { Groups } from './groups';
import { sharedStrings } from './strings';
import { useClusterName } from './useClusterName';

interface GroupLegendProps {
  label: string;
  groups: Groups;
  /** Series in each group, those of none first. */
  sizes: Uint32Array;
  hidden: ReadonlySet<number>;
  scheme: Scheme;
  onChange(hidden: ReadonlySet<number>): void;
}

/** Colour, shape, name and size of each group: click shows or hides it, double-click shows it alone or all again. */
export function GroupLegend({ label, groups, sizes, hidden, scheme, onChange }: GroupLegendProps) {
  const texts = useStrings(sharedStrings);
  const { integer } = useFormat();
  const clusterName = useClusterName();
  const shown = Array.from(sizes.keys(), (at) => at - 1).filter((group) => group >= 0 || sizes[0] > 0);
  const name = (group: number): string => {
    if (group < 0) return groups.by === 'label' ? texts.unlabelled : texts.unassigned;
    return groups.names?.[group] ?? clusterName(group);
  };
  const toggle = (group: number): void => {
    const next = new Set(hidden);
    if (!next.delete(group)) next.add(group);
    onChange(next);
  };
  const isolate = (group: number): void => {
    const others = shown.filter((other) => other !== group);
    onChange(new Set(others.every((other) => hidden.has(other)) ? [] : others));
  };
  return (
    <div className="group-legend" role="group" aria-label={label} title={label}>
      {shown.map((group) => (
        <button
          key={group}
          type="button"
          className="legend-button"
          aria-pressed={!hidden.has(group)}
          onClick={(event) => event.detail < 2 && toggle(group)}
          onDoubleClick={() => isolate(group)}
        >
          <GroupMark group={group} scheme={scheme} />
          <span className="group-name">{name(group)}</span>
          <span className="legend-value">{integer(sizes[group + 1])}</span>
        </button>
      ))}
    </div>
  );
}
