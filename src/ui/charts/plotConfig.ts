import type { Config, ModeBarDefaultButtons } from 'plotly.js/lib/core';

export type Tool = Extract<ModeBarDefaultButtons, 'lasso2d' | 'select2d' | 'pan2d' | 'zoom2d' | 'zoomIn2d' | 'zoomOut2d' | 'resetScale2d' | 'toImage'>;

/** Every button is on a list, and nothing leads off the page: no cloud button, no logo, no address to send charts to. */
export function plotConfig(tools: readonly Tool[], locale: string, fileName: string): Partial<Config> {
  return {
    displaylogo: false,
    displayModeBar: tools.length === 0 ? false : 'hover',
    modeBarButtons: [[...tools]],
    showSendToCloud: false,
    plotlyServerURL: '',
    topojsonURL: '',
    showTips: false,
    doubleClick: 'reset',
    scrollZoom: false,
    responsive: false,
    locale,
    toImageButtonOptions: { format: 'png', filename: fileName, scale: 2 },
  };
}
