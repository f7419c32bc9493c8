import { groupColour, groupSymbol, SYMBOL_PATHS, type Scheme } from '../../charts/colours';

/** The colour and shape of a cluster or label, as in the map. */
export function GroupMark({ group, scheme, size = 12 }: { group: number; scheme: Scheme; size?: number }) {
  return (
    <svg className="group-mark" width={size} height={size} viewBox="-1.35 -1.35 2.7 2.7" aria-hidden="true">
      <path d={SYMBOL_PATHS[groupSymbol(group)]} fill={groupColour(group, scheme)} />
    </svg>
  );
}
