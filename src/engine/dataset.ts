import { check, InputError } from '../core/lib/assert';
import type { ImportPreview } from '../core/series/reading/plan';
import { toFailure } from './failure';
import type { Command, Source } from './protocol';
import type { Emit, NamedBytes, ReadResult, Services } from './services';

/** An open data set: what was read, and the bytes it was read from, for the exports. */
export interface Dataset extends ReadResult {
  source: NamedBytes;
}

/**
 * Reads a source, or the `last` one again, and tells how it goes: `opening` …, then `preview`, or `openFailed`.
 * The caller announces the data set itself, once it has taken it over.
 */
export async function readDataset(
  command: Extract<Command, { kind: 'open' | 'reopen' }>,
  last: NamedBytes | null,
  emit: Emit,
  services: Services,
): Promise<{ source: NamedBytes | null; dataset: Dataset | null }> {
  const { requestId, plan } = command;
  let source: NamedBytes | null = null;
  try {
    source = command.kind === 'open' ? await bytesOf(command.source, services) : last;
    if (source === null) throw new InputError('There is no open file to read again. Open a file first.');
    const { name, bytes } = source;
    check(bytes.size > 0, `"${name}" is empty. Choose a file that holds at least two series.`);
    emit({ kind: 'opening', requestId, bytesRead: 0, bytesTotal: bytes.size });
    const result = await services.readSeries(source, plan, (bytesRead) => emit({ kind: 'opening', requestId, bytesRead, bytesTotal: bytes.size }));
    emit({ kind: 'preview', requestId, preview: structuredClone(result.preview) });
    return { source, dataset: { ...result, source } };
  } catch (error) {
    const preview = (error as { preview?: ImportPreview }).preview ?? null;
    emit({ kind: 'openFailed', requestId, failure: toFailure(error), preview });
    return { source, dataset: null };
  }
}

async function bytesOf(source: Source, services: Services): Promise<NamedBytes> {
  switch (source.kind) {
    case 'file':
      return { name: source.name, bytes: source.file };
    case 'text':
      return { name: source.name, bytes: new Blob([source.text], { type: 'text/csv' }) };
    case 'sample':
      return services.sample(source.id);
  }
}
