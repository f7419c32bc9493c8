import type { SeriesSet, TimeAxis } from '../../../core/series/SeriesSet';
import { groupColour } from '../../charts/colours';
import { escapeText } from '../../charts/escapeText';
import { baseLayout, type Figure, type LayoutAxis, type Place, plainAxis, type Trace } from '../../charts/figure';

/** Variables drawn at most. */
export const MOST_VARIABLES = 8;

/** The share that is missing at each step ([D, T]), a line for each variable. `step` names an axis without times. */
export function gapsFigure({ t, d, variables, time }: Pick<SeriesSet, 't' | 'd' | 'variables' | 'time'>, shares: Float64Array, place: Place, step = 'step'): Figure {
  const { theme, width } = place;
  const data = Array.from({ length: Math.min(d, MOST_VARIABLES) }, (_, j): Trace => ({
    type: 'scatter',
    mode: 'lines',
    name: escapeText(variables[j], 24),
    x: time.values,
    y: shares.slice(j * t, (j + 1) * t),
    line: { width: 1.5, color: d === 1 ? theme.accent : groupColour(j, theme.scheme) },
    ...(d === 1 && { fill: 'tozeroy', fillcolor: `${theme.accent}22` }),
    hovertemplate: d === 1 ? '%{x}: %{y:.1%}<extra></extra>' : '%{x}: %{y:.1%}',
  }));
  return {
    data,
    layout: {
      ...baseLayout(place),
      margin: { l: 48, r: 12, t: d === 1 ? 8 : 28, b: 40 },
      showlegend: d > 1,
      hovermode: 'closest',
      dragmode: 'zoom',
      xaxis: { ...plainAxis(theme), ...timeAxis(time, Math.max(2, Math.floor(width / 110))), title: { text: escapeText(time.kind === 'index' && time.name === 'step' ? step : time.name, 40), standoff: 4, font: { size: 11, color: theme.text } } },
      yaxis: { ...plainAxis(theme), range: [0, Math.min(1.02, Math.max(0.05, 1.1 * shares.reduce((most, share) => (share > most ? share : most), 0)))], tickformat: '~%', nticks: 5, fixedrange: true },
    },
  };
}

function timeAxis({ kind, values, texts }: TimeAxis, most: number): Partial<LayoutAxis> {
  if (kind === 'date') return { type: 'date', hoverformat: '%Y-%m-%d %H:%M' };
  if (kind === 'number' || values.every((value, at) => texts[at] === String(value))) return { type: 'linear' };
  const every = Math.max(1, Math.ceil(values.length / most));
  const shown = Array.from(values.keys()).filter((at) => at % every === 0);
  return { type: 'linear', tickmode: 'array', tickangle: 0, tickvals: shown.map((at) => values[at]), ticktext: shown.map((at) => escapeText(texts[at] ?? '', 14)) };
}
