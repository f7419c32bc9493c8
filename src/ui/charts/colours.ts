/** Eight colours that people with any colour vision tell apart. Source: Okabe and Ito (2008), Color universal design. */
const OKABE_ITO = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442'] as const;

/** The eighth, black in the source, must stand off from the page. */
const EIGHTH = { light: '#1a1a1a', dark: '#f2f2f2' } as const;

/** What belongs to no cluster or carries no label. */
export const NO_GROUP_COLOUR = '#8c8c8c';

export type Scheme = keyof typeof EIGHTH;

/** Seven shapes; 7 and 8 share no factor, so colour and shape together repeat only after 56 groups. */
export const SYMBOLS = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'x', 'triangle-down'] as const;

export type GroupSymbol = (typeof SYMBOLS)[number];

/** The colour of a cluster or label, the same in every chart. A negative number is grey. */
export function groupColour(group: number, scheme: Scheme): string {
  if (group < 0) return NO_GROUP_COLOUR;
  return OKABE_ITO[group % 8] ?? EIGHTH[scheme];
}

/** The shape of a cluster or label: the cue for those who do not see its colour. */
export function groupSymbol(group: number): GroupSymbol {
  return group < 0 ? 'circle' : SYMBOLS[group % SYMBOLS.length];
}

/** Outline of a shape, centred at 0 with radius about 1, as an SVG path. */
export const SYMBOL_PATHS: Readonly<Record<GroupSymbol, string>> = {
  circle: 'M1,0A1,1 0 1,1 -1,0A1,1 0 1,1 1,0Z',
  square: 'M-0.9,-0.9H0.9V0.9H-0.9Z',
  diamond: 'M0,-1.2L1.2,0L0,1.2L-1.2,0Z',
  'triangle-up': 'M0,-1.1L1.1,0.9H-1.1Z',
  cross: 'M-0.4,-1.1H0.4V-0.4H1.1V0.4H0.4V1.1H-0.4V0.4H-1.1V-0.4H-0.4Z',
  x: 'M-1.1,-0.6L-0.6,-1.1L0,-0.5L0.6,-1.1L1.1,-0.6L0.5,0L1.1,0.6L0.6,1.1L0,0.5L-0.6,1.1L-1.1,0.6L-0.5,0Z',
  'triangle-down': 'M0,1.1L1.1,-0.9H-1.1Z',
};
