/** How observed cells are hidden to measure an imputation: at random, in blocks, or for a reason. */
export const hideMechanisms = ['cells', 'blocks', 'channels', 'observed', 'value'] as const;

/** Share of the observed cells that may be hidden at most: what is left has to be learned from. */
export const MOST_HIDDEN = 0.9;

export type HideMechanism = (typeof hideMechanisms)[number];
