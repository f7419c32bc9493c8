import type { Scheme } from './colours';

/** What charts take from the page's style tokens. */
export interface Theme {
  scheme: Scheme;
  /** Ticks and titles. */
  text: string;
  grid: string;
  axis: string;
  /** Shade behind missing stretches. */
  gap: string;
  /** What is not in view. */
  faded: string;
  observed: string;
  /** Line at the epoch in view, ring around the hovered point. */
  marker: string;
  accent: string;
  card: string;
  font: string;
}

/** For tests and for a page without tokens. */
export const PLAIN_THEME: Theme = {
  scheme: 'light',
  text: '#4a5261',
  grid: '#e9ecf1',
  axis: '#c3c9d3',
  gap: '#eef0f4',
  faded: '#d3d8e0',
  observed: '#16191f',
  marker: '#16191f',
  accent: '#3a45b5',
  card: '#ffffff',
  font: 'system-ui, sans-serif',
};

/** The theme in force at `element`. */
export function readTheme(element: Element): Theme {
  const style = getComputedStyle(element);
  const token = (name: string, plain: string): string => style.getPropertyValue(name).trim() || plain;
  return {
    scheme: style.colorScheme.includes('dark') ? 'dark' : 'light',
    text: token('--chart-text', PLAIN_THEME.text),
    grid: token('--chart-grid', PLAIN_THEME.grid),
    axis: token('--chart-axis', PLAIN_THEME.axis),
    gap: token('--chart-gap', PLAIN_THEME.gap),
    faded: token('--chart-faded', PLAIN_THEME.faded),
    observed: token('--chart-observed', PLAIN_THEME.observed),
    marker: token('--chart-marker', PLAIN_THEME.marker),
    accent: token('--accent', PLAIN_THEME.accent),
    card: token('--card', PLAIN_THEME.card),
    font: style.fontFamily || PLAIN_THEME.font,
  };
}

/** Calls back when the page's theme may have changed. Returns how to stop. */
export function watchTheme(changed: () => void): () => void {
  const preference = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style', 'data-theme'] });
  preference.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    preference.removeEventListener('change', changed);
  };
}
