let known: boolean | null = null;

/** True when this browser can draw with WebGL. */
export function hasWebgl(): boolean {
  if (known === null) {
    const context = document.createElement('canvas').getContext('webgl');
    known = context !== null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return known;
}
