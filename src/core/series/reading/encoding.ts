import type { ByteReader } from './bytes';
import { ImportError } from './importError';
import type { Encoding } from './plan';

interface Decoder {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
}
declare const TextDecoder: new (label: string, options?: { fatal?: boolean; ignoreBOM?: boolean }) => Decoder;

const BLOCK = 1 << 20;

/** Signatures of formats that are not text, with what to do instead. */
const SIGNATURES: readonly [signature: readonly number[], what: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an Excel workbook: save the sheet as CSV'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Excel workbook: save the sheet as CSV'],
  [[0x1f, 0x8b], 'a gzip archive: unpack it first'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file: export it as CSV'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file: export it as CSV'],
  [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], 'a NumPy file: export it as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture'],
  [[0xff, 0xd8, 0xff], 'a JPEG picture'],
  [[0x47, 0x49, 0x46, 0x38], 'a GIF picture'],
];

/**
 * The encoding of a file, from its first bytes: byte order mark, else UTF-16 by the place of its NULs, else
 * UTF-8 if strictly valid, else Korean (EUC-KR and CP949) if valid and mostly Hangul, else Windows-1252.
 * Throws an ImportError for formats that are not text.
 */
export function detectEncoding(head: Uint8Array): Encoding {
  for (const [signature, what] of SIGNATURES) {
    if (signature.every((byte, i) => head[i] === byte)) throw new ImportError(`This is ${what}. Lacuna reads text tables (CSV, TSV).`);
  }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const utf16 = utf16ByNuls(head);
  if (utf16 !== null) return utf16;
  if (controlShare(head) > 0.1) throw new ImportError('This is not a text file: more than a tenth of its first bytes are control characters. Export the table as CSV.');
  if (decodes(head, 'utf-8')) return 'utf-8';
  return detectLegacy(head);
}

/**
 * The encoding of bytes that are not strictly UTF-8: UTF-8 all the same when nearly all of its letters are sound,
 * else Korean or Western. The bytes may begin inside a letter.
 */
export function detectLegacy(bytes: Uint8Array): Encoding {
  const { wide, broken } = letters(new TextDecoder('utf-8').decode(bytes, { stream: true }));
  if (wide >= 10 * broken) return 'utf-8';
  const aligned = [bytes, bytes.subarray(1)].find((part) => decodes(part, 'euc-kr'));
  if (aligned === undefined) return 'windows-1252';
  const korean = letters(new TextDecoder('euc-kr').decode(aligned));
  return korean.hangul * 2 >= korean.wide ? 'euc-kr' : 'windows-1252';
}

/** Letters beyond ASCII, those that are Hangul, and U+FFFD. */
function letters(text: string): { wide: number; hangul: number; broken: number } {
  const count = { wide: 0, hangul: 0, broken: 0 };
  for (const letter of text) {
    const code = letter.codePointAt(0)!;
    if (code === 0xfffd) count.broken += 1;
    else if (code > 0x7f) count.wide += 1;
    if (code >= 0xac00 && code <= 0xd7a3) count.hangul += 1;
  }
  return count;
}

function utf16ByNuls(head: Uint8Array): Encoding | null {
  const pairs = Math.min(head.length, 4096) >> 1;
  if (pairs < 2) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (head[2 * i] === 0) even += 1;
    if (head[2 * i + 1] === 0) odd += 1;
  }
  if (odd > 0.4 * pairs && even < 0.1 * pairs) return 'utf-16le';
  if (even > 0.4 * pairs && odd < 0.1 * pairs) return 'utf-16be';
  return null;
}

function controlShare(head: Uint8Array): number {
  const n = Math.min(head.length, 65536);
  let control = 0;
  for (let i = 0; i < n; i++) if (head[i] < 32 && head[i] !== 9 && head[i] !== 10 && head[i] !== 13) control += 1;
  return n === 0 ? 0 : control / n;
}

/** True when the bytes are valid in the encoding; a letter cut off at the end counts as valid. */
function decodes(bytes: Uint8Array, encoding: Encoding): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The bytes do not fit the encoding that their head suggested. */
export class EncodingMismatch extends Error {
  constructor(readonly bytes: Uint8Array) {
    super('the bytes do not fit the encoding');
  }
}

export interface TextBlock {
  text: string;
  bytesRead: number;
  last: boolean;
}

/**
 * The text of a file in blocks of about a megabyte, without its byte order mark.
 * With `strict`, bytes that the encoding does not know throw an EncodingMismatch; else they become U+FFFD.
 */
export async function* decodeBlocks(reader: ByteReader, encoding: Encoding, strict: boolean, blockBytes = BLOCK): AsyncGenerator<TextBlock, void, void> {
  const decoder = new TextDecoder(encoding, { fatal: strict });
  for (let at = 0; ; at += blockBytes) {
    const end = Math.min(at + blockBytes, reader.size);
    const bytes = await reader.read(at, end);
    const last = end >= reader.size;
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: !last });
    } catch {
      throw new EncodingMismatch(bytes);
    }
    yield { text, bytesRead: end, last };
    if (last) return;
  }
}
