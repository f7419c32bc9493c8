import type { Journal } from '../protocol';

/** What was reported up to `epoch`. Options that changed later are in force already, so they count from there. */
export function upTo(epoch: number, past: Journal | null): Journal {
  return {
    losses: past?.losses.filter((one) => one.epoch <= epoch) ?? [],
    optionChanges: past?.optionChanges.map((one) => ({ ...one, epoch: Math.min(one.epoch, epoch) })) ?? [],
    snapshot: past?.snapshot && past.snapshot.epoch <= epoch ? past.snapshot : null,
  };
}
