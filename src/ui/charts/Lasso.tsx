import { useEffect, useRef } from 'react';
import { type Keys, keysOf, STILL } from './pointer';

interface LassoProps {
  /** The closed line that was drawn, in pixels from the top left of the chart. */
  onOutline(x: number[], y: number[], keys: Keys): void;
}

/**
 * Draws a lasso over the chart it lies in, by mouse or pen; Escape takes it back. The chart is not drawn again meanwhile.
 */
export function Lasso({ onOutline }: LassoProps) {
  const svg = useRef<SVGSVGElement>(null);
  const path = useRef<SVGPathElement>(null);
  const latest = useRef(onOutline);
  useEffect(() => {
    latest.current = onOutline;
  }, [onOutline]);

  useEffect(() => {
    const chart = svg.current?.closest<HTMLElement>('.chart-plot');
    if (!chart) return;
    let end: (() => void) | null = null;

    const down = (event: PointerEvent): void => {
      const { target, button, pointerType, pointerId } = event;
      if (button !== 0 || pointerType === 'touch' || !(target instanceof Element) || target.closest('.modebar, button, a')) return;
      const origin = chart.getBoundingClientRect();
      const x = [event.clientX - origin.left];
      const y = [event.clientY - origin.top];
      const keys = keysOf(event);

      const move = (next: PointerEvent): void => {
        if (next.pointerId !== pointerId) return;
        const [left, top] = [next.clientX - origin.left, next.clientY - origin.top];
        if (x.length === 1 && Math.hypot(left - x[0], top - y[0]) < STILL) return;
        x.push(left);
        y.push(top);
        path.current?.setAttribute('d', `M${x.map((at, i) => `${at},${y[i]}`).join('L')}Z`);
      };
      const up = (last: PointerEvent): void => {
        if (last.pointerId !== pointerId) return;
        end?.();
        if (x.length > 2) latest.current(x, y, keys);
      };
      const cancel = (pressed: KeyboardEvent): void => {
        if (pressed.key !== 'Escape') return;
        pressed.stopPropagation();
        end?.();
      };
      end?.();
      end = () => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', up);
        window.removeEventListener('keydown', cancel, true);
        path.current?.removeAttribute('d');
        end = null;
      };
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', up);
      window.addEventListener('keydown', cancel, true);
    };

    chart.addEventListener('pointerdown', down, true);
    return () => {
      chart.removeEventListener('pointerdown', down, true);
      end?.();
    };
  }, []);

  return (
    <svg ref={svg} className="chart-lasso" aria-hidden="true">
      <path ref={path} />
    </svg>
  );
}
