/** Keys held with the pointer. */
export interface Keys {
  shift: boolean;
  alt: boolean;
}

export const keysOf = ({ shiftKey, altKey }: { shiftKey: boolean; altKey: boolean }): Keys => ({ shift: shiftKey, alt: altKey });

/** Pixels that a press may move and still be a click. */
export const STILL = 5;

/** Whether an event is meant for a button that lies over the chart. */
export const onButton = ({ target }: { target: EventTarget }): boolean => target instanceof Element && target.closest('button') !== null;
