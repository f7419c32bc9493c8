import { groupColour, groupSymbol } from '../../charts/colours';
import { baseLayout, type Figure, type Place, type Trace } from '../../charts/figure';

export interface MapView {
  /** [N, 2] */
  map: Float32Array;
  /** [N]; cluster or label of each series, -1 for none. */
  groups: Int32Array;
  /** Number of groups. */
  count: number;
  hidden: ReadonlySet<number>;
  /** [N], 1 = selected; null when nothing is. */
  selected: Uint8Array | null;
  ranges: { x: [number, number]; y: [number, number] };
  /** Dragging moves the map; else nothing of plotly's. */
  pan: boolean;
  /** Without WebGL the points are drawn as SVG. */
  webgl: boolean;
}

export interface MapFigure extends Figure {
  /** `members[t][p]` is the series that point p of trace t shows. */
  members: Uint32Array[];
}

export const MAP_MARGIN = { l: 4, r: 4, t: 4, b: 4, pad: 0 } as const;

/** Diameter of a marker in pixels: the more points, the smaller. */
export function markerSize(n: number): number {
  return n <= 300 ? 9 : n <= 1500 ? 7 : n <= 6000 ? 5 : 3;
}

/** The latents in the plane, one trace for each group, so that each has its colour and its shape. */
export function mapFigure(view: MapView, place: Place): MapFigure {
  const { theme } = place;
  const { map, groups, count, hidden, selected } = view;
  const size = markerSize(groups.length);

  const sizes = new Uint32Array(count + 1);
  for (const group of groups) sizes[group + 1]++;
  const byGroup = Array.from(sizes, (length) => new Uint32Array(length));
  sizes.fill(0);
  groups.forEach((group, i) => {
    byGroup[group + 1][sizes[group + 1]++] = i;
  });

  const data: Trace[] = [];
  const members: Uint32Array[] = [];
  byGroup.forEach((series, at) => {
    const group = at - 1;
    if (series.length === 0 || hidden.has(group)) return;
    const x = new Float32Array(series.length);
    const y = new Float32Array(series.length);
    const chosen: number[] = [];
    for (let p = 0; p < series.length; p++) {
      x[p] = map[2 * series[p]];
      y[p] = map[2 * series[p] + 1];
      if (selected !== null && selected[series[p]] === 1) chosen.push(p);
    }
    members.push(series);
    data.push({
      type: view.webgl ? 'scattergl' : 'scatter',
      uid: `group${group}`,
      mode: 'markers',
      x,
      y,
      hoverinfo: 'none',
      marker: { size, symbol: groupSymbol(group), color: groupColour(group, theme.scheme), opacity: 0.9, line: { width: size > 4 ? 0.5 : 0, color: theme.card } },
      ...(selected === null ? {} : { selectedpoints: chosen, selected: { marker: { opacity: 1 } }, unselected: { marker: { opacity: theme.scheme === 'dark' ? 0.22 : 0.15 } } }),
    });
  });

  const axis = { visible: false, showgrid: false, zeroline: false, fixedrange: false } as const;
  return {
    members,
    data,
    layout: {
      ...baseLayout(place),
      margin: { ...MAP_MARGIN },
      dragmode: view.pan ? 'pan' : false,
      hovermode: 'closest',
      hoverdistance: 12,
      xaxis: { ...axis, range: [...view.ranges.x] },
      yaxis: { ...axis, range: [...view.ranges.y] },
    },
  };
}

/**
 * A map without a point in sight, drawn before the first epoch: plotly makes its WebGL programs then, which takes
 * a tenth of a second, and not while a run is watched.
 */
export function blankFigure(webgl: boolean, place: Place): Figure {
  const ranges: MapView['ranges'] = { x: [-1, 1], y: [-1, 1] };
  const { data, layout } = mapFigure({ map: Float32Array.of(9, 9), groups: Int32Array.of(-1), count: 0, hidden: new Set(), selected: null, ranges, pan: false, webgl }, place);
  return { data, layout };
}
