import type { ButtonHTMLAttributes, ReactNode } from 'react';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'plain' | 'primary' | 'quiet' | 'danger';
  icon?: ReactNode;
}

export function Button({ look = 'plain', icon, className = '', children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button ${look} ${className}`} {...rest}>
      {icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** The accessible name, also shown as the tip. */
  label: string;
  /** A key by its `aria-keyshortcuts` name; shown behind the label in the tip. */
  shortcut?: string;
  look?: 'plain' | 'primary' | 'quiet';
}

const KEYS: Readonly<Record<string, string>> = { ArrowRight: '→' };

/** A button with a picture only. */
export function IconButton({ label, shortcut, look = 'plain', className = '', children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`button icon ${look} ${className}`}
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={shortcut === undefined ? label : `${label} (${KEYS[shortcut] ?? shortcut})`}
      {...rest}
    >
      {children}
    </button>
  );
}
