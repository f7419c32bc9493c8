/** The numbers of the sections of a WebAssembly module, in order: 10 is code, 11 data. */
export function wasmSections(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  for (let at = 8; at < bytes.length; ) {
    sections.push(bytes[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      size |= (bytes[at] & 0x7f) << shift;
      if ((bytes[at++] & 0x80) === 0) break;
    }
    at += size;
  }
  return sections;
}
