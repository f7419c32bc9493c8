import type { LossTerm } from '../../../core/catalog';
import type { Losses } from '../../../core/run';
import { groupColour, type Scheme } from '../../charts/colours';
import { escapeText } from '../../charts/escapeText';
import { baseLayout, type Figure, type Place, plainAxis, type Trace } from '../../charts/figure';

const DASHES = ['solid', 'dash', 'dot', 'dashdot', 'longdash', 'longdashdot'] as const;

/** How a loss term is drawn, here and in the legend. */
export function termLook(index: number, scheme: Scheme): { colour: string; dash: (typeof DASHES)[number] } {
  return { colour: groupColour(index, scheme), dash: DASHES[index % DASHES.length] };
}

/** The smallest of 1, 2, 5, 10, 20, … that parts `span` into at most `most` steps. */
export function wholeStep(span: number, most: number): number {
  const least = Math.max(1, span / Math.max(1, most));
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((step) => step * power >= least) ?? 10);
}

export interface LossesView {
  history: readonly { epoch: number; losses: Losses | null }[];
  terms: readonly LossTerm[];
  hidden: ReadonlySet<string>;
  log: boolean;
  /** The epoch that all charts show; null while they follow the newest. */
  shownEpoch: number | null;
  /** Epochs after which something was changed, with what to say of it (our own words). */
  changes: readonly { epoch: number; text: string }[];
  axisTitle: string;
}

/** One line for each loss term over the epochs; null before the first epoch. */
export function lossesFigure(view: LossesView, place: Place): Figure | null {
  const { theme } = place;
  const told = view.history.filter((record) => record.losses !== null);
  if (told.length === 0) return null;
  const epochs = Float64Array.from(told, (record) => record.epoch);

  const data = view.terms.flatMap((term, i): Trace[] => {
    if (view.hidden.has(term.key)) return [];
    const { colour, dash } = termLook(i, theme.scheme);
    const values = Float64Array.from(told, ({ losses }) => {
      const value = losses?.[term.key] ?? Number.NaN;
      return view.log && value <= 0 ? Number.NaN : value;
    });
    return [
      {
        type: 'scatter',
        uid: term.key,
        name: term.label,
        mode: told.length === 1 ? 'markers' : 'lines',
        x: epochs,
        y: values,
        line: { color: colour, width: 1.75, dash },
        marker: { color: colour, size: 6 },
        hovertemplate: '%{y:.4~g}',
      },
    ];
  });

  const upright = (x: number, color: string, dash: 'solid' | 'dot') =>
    ({ type: 'line', xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1, line: { color, width: 1, dash } }) as const;

  const last = epochs[epochs.length - 1];
  const late = (epoch: number): boolean => epoch > (epochs[0] + last) / 2;
  return {
    data,
    layout: {
      ...baseLayout(place),
      margin: { l: 52, r: 12, t: view.changes.length > 0 ? 16 : 10, b: 34 },
      hovermode: 'x unified',
      dragmode: 'zoom',
      xaxis: {
        ...plainAxis(theme),
        title: { text: view.axisTitle, standoff: 4, font: { size: 11, color: theme.text } },
        range: [Math.min(epochs[0], last - 1), last],
        tickformat: 'd',
        tick0: 0,
        dtick: wholeStep(last - epochs[0], place.width / 60),
      },
      yaxis: { ...plainAxis(theme), type: view.log ? 'log' : 'linear', autorange: true, nticks: 6, exponentformat: 'power', tickformat: '.5~g' },
      shapes: [
        ...view.changes.map(({ epoch }) => upright(epoch, theme.axis, 'dot')),
        ...(view.shownEpoch === null ? [] : [upright(view.shownEpoch, theme.marker, 'solid')]),
      ],
      // The newest change is told in words; the older ones would lie over each other.
      annotations: view.changes.map(({ epoch, text }, at) => ({
        xref: 'x',
        yref: 'paper',
        x: epoch,
        y: 1,
        text: at < view.changes.length - 1 ? '▾' : late(epoch) ? `${escapeText(text, 28)} ▾` : `▾ ${escapeText(text, 28)}`,
        xanchor: at < view.changes.length - 1 ? 'center' : late(epoch) ? 'right' : 'left',
        xshift: at < view.changes.length - 1 ? 0 : late(epoch) ? 5 : -5,
        hovertext: escapeText(text, 120),
        showarrow: false,
        yanchor: 'bottom',
        font: { size: 10, color: theme.text },
      })),
    },
  };
}
