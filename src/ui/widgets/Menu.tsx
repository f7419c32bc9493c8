import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface MenuProps {
  /** Accessible name of the button. */
  label: string;
  button: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A button that opens a small sheet below itself; Escape, a click outside or leaving it by keyboard closes it. */
export function Menu({ label, button, className = '', children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div
      ref={root}
      className={`menu ${className}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          event.stopPropagation();
          setOpen(false);
          opener.current?.focus();
        }
      }}
    >
      <button ref={opener} type="button" className="menu-button" aria-label={label} title={label} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && (
        <div className="menu-sheet" id={id} role="group" aria-label={label}>
          {children}
        </div>
      )}
    </div>
  );
}
