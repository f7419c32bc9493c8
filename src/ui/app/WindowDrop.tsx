import { FileDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStrings } from '../store/hooks';
import { shell } from './strings';
import { looksLikeTable } from './looksLikeTable';
import { useOpening } from './useOpening';

function carriesFile(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

/** The whole window takes a dropped file, says so while one hovers over it, and takes a pasted table. */
export function WindowDrop() {
  const texts = useStrings(shell);
  const { open, openFile } = useOpening();
  const [hovering, setHovering] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setHovering(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setHovering(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFile(event)) return;
      event.preventDefault();
      setHovering(false);
      const file = event.dataTransfer?.files[0];
      if (file) openFile(file);
    };
    const paste = (event: ClipboardEvent): void => {
      const typing = event.target instanceof Element && event.target.closest('input, textarea, select, dialog, [contenteditable]') !== null;
      if (typing || event.defaultPrevented) return;
      const file = event.clipboardData?.files[0];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (file) openFile(file);
      else if (looksLikeTable(text)) open({ kind: 'text', name: texts.pastedName, text });
      else return;
      event.preventDefault();
    };
    window.addEventListener('paste', paste);
    window.addEventListener('dragenter', over);
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('paste', paste);
      window.removeEventListener('dragenter', over);
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [open, openFile, texts]);
  if (!hovering) return null;
  return (
    <div className="window-drop" aria-hidden="true">
      <div>
        <FileDown size={36} />
        <p>{texts.dropNow}</p>
      </div>
    </div>
  );
}
