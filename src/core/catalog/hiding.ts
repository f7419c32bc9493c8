/** How observed cells are hidden to measure an imputation: at random, in blocks, or for a reason. */
export const hideMechanisms = ['cells', 'blocks', 'channels', 'observed', 'value'] as const;

export type HideMechanism = (typeof hideMechanisms)[number];
