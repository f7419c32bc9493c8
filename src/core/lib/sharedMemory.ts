/**
 * Makes the memory of a WebAssembly module one that threads can share, by one bit in its bytes. A module means the same
 * with either kind of memory, so one build serves where pages may share memory and where they may not.
 */

// Sections of a module, and kinds of imports, as the WebAssembly specification numbers them.
const IMPORTS = 2;
const MEMORIES = 5;
const [FUNCTION, TABLE, MEMORY, GLOBAL] = [0, 1, 2, 3];

/** Limits of a memory: without a maximum, with one, with one and shared. */
const [BOUNDED, SHARED] = [1, 3];

/** Reads the bytes one after the other. */
class Reader {
  at = 8; // after the magic number and the version
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  more(): boolean {
    return this.at < this.#bytes.length;
  }

  /** An unsigned number in LEB128. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  skip(count: number): void {
    this.at += count;
  }

  limits(): void {
    const kind = this.number();
    this.number();
    if (kind % 2 === 1) this.number();
  }
}

/**
 * A copy of a module whose memory, imported or its own, is shared.
 * @throws Error when it has no memory with a maximum, which sharing asks for
 */
export function withSharedMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = module.slice();
  const at = placeOfLimits(new Reader(bytes));
  if (at === null || (bytes[at] !== BOUNDED && bytes[at] !== SHARED)) throw new Error('the module has no memory with a maximum, so it cannot be shared');
  bytes[at] = SHARED;
  return bytes;
}

/** Where the limits of the memory stand. */
function placeOfLimits(reader: Reader): number | null {
  while (reader.more()) {
    const section = reader.number();
    const size = reader.number();
    const end = reader.at + size;
    const count = section === IMPORTS || section === MEMORIES ? reader.number() : 0;
    if (section === MEMORIES && count > 0) return reader.at;
    for (let i = 0; i < count; i++) if (passImport(reader) === MEMORY) return reader.at;
    reader.at = end;
  }
  return null;
}

/** Passes an import and returns its kind; stays before the limits of a memory. */
function passImport(reader: Reader): number {
  for (let name = 0; name < 2; name++) reader.skip(reader.number());
  const kind = reader.number();
  if (kind === FUNCTION) reader.number();
  if (kind === GLOBAL) reader.skip(2);
  if (kind === TABLE) {
    reader.skip(1);
    reader.limits();
  }
  return kind;
}
