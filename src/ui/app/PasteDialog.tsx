import { useState } from 'react';
import { useStrings } from '../store/hooks';
import { Button } from '../widgets/Button';
import { Dialog } from '../widgets/Dialog';
import { shell } from './strings';
import { useOpening } from './useOpening';

export function PasteDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const texts = useStrings(shell);
  const opening = useOpening();
  const [text, setText] = useState('');
  const submit = (): void => {
    onClose();
    setText('');
    opening.open({ kind: 'text', name: texts.pastedName, text });
  };
  return (
    <Dialog
      wide
      open={open}
      title={texts.pasteTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button look="primary" disabled={text.trim() === ''} onClick={submit}>
            {texts.open}
          </Button>
        </>
      }
    >
      <p>{texts.pasteHint}</p>
      <textarea
        aria-label={texts.pasteLabel}
        spellCheck={false}
        placeholder={'id,1,2,3,4\na,0.1,,0.4,0.2\nb,1.3,1.1,NA,0.9'}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') submit();
        }}
      />
    </Dialog>
  );
}
