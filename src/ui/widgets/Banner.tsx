import type { ReactNode } from 'react';

interface BannerProps {
  tone: 'info' | 'warn' | 'bad' | 'good';
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}

/** Something the person should know or mend; bad news interrupts a screen reader, the rest waits. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  return (
    <div className={`banner ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <div className="banner-text">
        {title && <p className="banner-title">{title}</p>}
        {children && <div className="banner-detail">{children}</div>}
      </div>
      {actions && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
