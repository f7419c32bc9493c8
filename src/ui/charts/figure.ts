import type { Data, Layout, LayoutAxis } from 'plotly.js/lib/core';
import type { Theme } from './theme';

export type Trace = Data;
export type { Layout, LayoutAxis };

/** What a chart shows: plain data, made anew for every drawing (plotly writes into it). */
export interface Figure {
  data: Trace[];
  layout: Partial<Layout>;
}

/** Where a figure is drawn. */
export interface Place {
  width: number;
  height: number;
  theme: Theme;
}

/** The parts of a layout that all charts share. */
export function baseLayout({ width, height, theme }: Place): Partial<Layout> {
  return {
    width,
    height,
    margin: { l: 48, r: 12, t: 8, b: 36, pad: 0 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: theme.font, size: 11, color: theme.text },
    hoverlabel: { bgcolor: theme.card, bordercolor: theme.axis, font: { family: theme.font, size: 11, color: theme.text } },
    modebar: { bgcolor: 'rgba(0,0,0,0)', color: theme.axis, activecolor: theme.accent },
    legend: { orientation: 'h', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', font: { size: 11 }, itemsizing: 'constant' },
    showlegend: false,
    uirevision: 'keep',
  };
}

/** An axis in the style of the house. */
export function plainAxis(theme: Theme): Partial<LayoutAxis> {
  return { gridcolor: theme.grid, linecolor: theme.axis, zeroline: false, tickfont: { size: 10, color: theme.text }, automargin: false, ticklabeloverflow: 'allow' };
}
