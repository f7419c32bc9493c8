/** A page that is hidden gets no frames; then it waits this long. */
const LONGEST_MS = 100;

/** Calls back once, with the next frame of the page. */
export function withNextFrame(callback: () => void): void {
  const once = (): void => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, LONGEST_MS);
}
