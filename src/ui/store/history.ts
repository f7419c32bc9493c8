import type { EpochRecord } from './state';

/** Bytes of typed arrays that one record holds. */
function recordBytes(record: EpochRecord): number {
  const { shot, map } = record;
  return (shot ? shot.assignments.byteLength + shot.confidence.byteLength + shot.imputed.byteLength + (shot.relevance?.byteLength ?? 0) : 0) + (map?.byteLength ?? 0);
}

export function historyBytes(history: readonly EpochRecord[]): number {
  return history.reduce((sum, record) => sum + recordBytes(record), 0);
}

/** Index of the record of `epoch`, or of the first later one. Epochs arrive almost in order, so it looks from the end. */
function indexOf(history: readonly EpochRecord[], epoch: number): number {
  let at = history.length;
  while (at > 0 && history[at - 1].epoch >= epoch) at--;
  return at;
}

/** The record of `epoch`, put in its place by ascending epoch when there is none yet. Changes `history`. */
export function recordOf(history: EpochRecord[], epoch: number): EpochRecord {
  const at = indexOf(history, epoch);
  if (history[at]?.epoch === epoch) return history[at];
  const record: EpochRecord = { epoch, losses: null, seconds: 0, shot: null, map: null, mapMethod: null };
  history.splice(at, 0, record);
  return record;
}

/** Forgets all epochs after `epoch`. Changes `history`. */
export function dropAfter(history: EpochRecord[], epoch: number): void {
  history.length = indexOf(history, epoch + 1);
}

/**
 * Drops every other snapshot, again and again, until the rest fits `budget` bytes; the first, the newest and
 * all losses stay. Changes `history`; returns how many snapshots went.
 */
export function thin(history: EpochRecord[], budget: number): number {
  let dropped = 0;
  for (let bytes = historyBytes(history); bytes > budget; bytes = historyBytes(history)) {
    const held = history.filter((record) => record.shot !== null);
    const going = held.filter((_, i) => i % 2 === 1 && i < held.length - 1);
    if (going.length === 0) return dropped;
    for (const record of going) {
      record.shot = null;
      record.map = null;
      record.mapMethod = null;
    }
    dropped += going.length;
  }
  return dropped;
}
