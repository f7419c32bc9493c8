/** The name of the kernel of Adam's update; a backend without it composes the update of operations (training/adam.ts). */

/** Inputs parameters, m, v (all three changed in place) and gradient; attributes AdamStep; output ‖gradient‖. */
export const ADAM_STEP = 'LacunaAdamStep';

export interface AdamStep {
  /** Largest norm of the gradient. */
  clip: number;
  /** Step size and ε with the corrections of the bias. */
  rate: number;
  epsilon: number;
  beta1: number;
  beta2: number;
}
