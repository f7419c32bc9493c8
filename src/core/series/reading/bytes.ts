/** What a file is to the reader: a Blob, bytes, or pasted text. */
export interface SeriesSource {
  readonly name: string;
  readonly bytes: BlobLike | Uint8Array | string;
}

/** The part of a Blob that is needed, so that the core compiles without the DOM. */
export interface BlobLike {
  readonly size: number;
  slice(start?: number, end?: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

interface Encoder {
  encode(text: string): Uint8Array;
}
declare const TextEncoder: new () => Encoder;

/** Random access to the bytes of a source. */
export interface ByteReader {
  readonly size: number;
  read(start: number, end: number): Promise<Uint8Array>;
}

export function byteReader(bytes: SeriesSource['bytes']): ByteReader {
  if (typeof bytes === 'string') return byteReader(new TextEncoder().encode(bytes));
  if (bytes instanceof Uint8Array) {
    return { size: bytes.length, read: async (start, end) => bytes.subarray(start, end) };
  }
  return { size: bytes.size, read: async (start, end) => new Uint8Array(await bytes.slice(start, end).arrayBuffer()) };
}
