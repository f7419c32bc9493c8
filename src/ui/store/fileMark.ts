/** A number in place of a file's name: tells files apart, and keeps names out of the browser's storage. 32-bit FNV-1a. */
export function fileMark(name: string): string {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  return hash.toString(16);
}
