import { methodEntry } from '../../../core/catalog';
import { useFormat, useStore, useStrings } from '../../store/hooks';
import { useMethodWords } from '../../store/methodWords';
import { sharedStrings } from './strings';

const BACKENDS = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' } as const;

/** Letters of a file name. */
const LONGEST = 40;

/** Where a picture comes from, short enough to stand under it: data, method, K, seed, epoch, backend. */
export function MethodLine({ epoch, extra }: { epoch: number | null; extra?: string }) {
  const texts = useStrings(sharedStrings);
  const { integer } = useFormat();
  const words = useMethodWords();
  const name = useStore((state) => state.dataset.set?.name ?? state.dataset.name);
  const n = useStore((state) => state.dataset.set?.n ?? 0);
  const start = useStore((state) => state.run.start);
  if (n === 0) return null;
  const parts = [name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name, texts.series(integer(n))];
  if (start !== null) {
    const { spec, backend } = start;
    parts.push(words(spec.method).label, `K ${spec.clusters}`, `${texts.seed} ${spec.seed}`);
    if (epoch !== null && methodEntry(spec.method).trains) parts.push(`${texts.epoch} ${epoch} ${texts.of} ${spec.epochs}`);
    parts.push(BACKENDS[backend.name]);
  }
  if (extra) parts.push(extra);
  return <span className="method-line" title={name}>{parts.join(' · ')}</span>;
}
