import { type ReactNode, useId } from 'react';

interface PanelProps {
  /** Value of `data-panel`, and the name of the region in the layout. */
  id: string;
  title: string;
  /** One faint line beside the title, for example the method under a chart. */
  note?: ReactNode;
  /** Buttons and choices at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A card with a heading: the frame of every panel. */
export function Panel({ id, title, note, actions, children }: PanelProps) {
  const heading = useId();
  return (
    <section className="panel" data-panel={id} aria-labelledby={heading}>
      <header className="panel-head">
        <h2 id={heading}>{title}</h2>
        {note !== undefined && <p className="panel-note">{note}</p>}
        {actions !== undefined && <div className="panel-actions">{actions}</div>}
      </header>
      <div className="panel-body">{children}</div>
    </section>
  );
}
