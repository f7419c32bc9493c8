import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';

interface ConfirmProps {
  open: boolean;
  title: string;
  children: ReactNode;
  /** What leaves everything as it is, and what goes on. */
  keep: string;
  goOn: string;
  onClose(): void;
  onGoOn(): void;
}

/** Asks before something is lost. */
export function Confirm({ open, title, children, keep, goOn, onClose, onGoOn }: ConfirmProps) {
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{keep}</Button>
          <Button
            look="primary"
            onClick={() => {
              onClose();
              onGoOn();
            }}
          >
            {goOn}
          </Button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
