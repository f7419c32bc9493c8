import type { Place } from './figure';
import { readTheme, watchTheme } from './theme';

/** A chart this near the view is drawn too, so that none is blank when it is scrolled to. */
const AHEAD = '400px 0px';

/** Pixels of a side below which nothing is drawn. */
const LEAST = 40;

export interface PlaceWatch {
  /** Where to draw now; null while the element is out of view or too small. */
  now(): Place | null;
  stop(): void;
}

/** Follows the size and the theme of `element`, and whether it is near the view; `changed` when it should be drawn again. */
export function watchPlace(element: Element, changed: () => void): PlaceWatch {
  const size = { width: 0, height: 0 };
  let visible = true;
  let theme = readTheme(element);
  const sizes = new ResizeObserver(([entry]) => {
    size.width = Math.floor(entry.contentRect.width);
    size.height = Math.floor(entry.contentRect.height);
    changed();
  });
  const sight = new IntersectionObserver(
    ([entry]) => {
      visible = entry.isIntersecting;
      if (visible) changed();
    },
    { rootMargin: AHEAD },
  );
  sizes.observe(element);
  sight.observe(element);
  const stopTheme = watchTheme(() => {
    theme = readTheme(element);
    changed();
  });
  return {
    now: () => (visible && size.width >= LEAST && size.height >= LEAST ? { ...size, theme } : null),
    stop() {
      stopTheme();
      sizes.disconnect();
      sight.disconnect();
    },
  };
}
