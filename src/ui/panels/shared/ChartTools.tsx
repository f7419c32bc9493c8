import { Image, Maximize, ZoomIn, ZoomOut } from 'lucide-react';
import { useStrings } from '../../store/hooks';
import { IconButton } from '../../widgets/Button';
import { saveBlob } from './saveBlob';
import { sharedStrings } from './strings';

interface ChartToolsProps {
  fileName: string;
  zoomed: boolean;
  /** How many times as wide the view becomes. */
  onZoom(factor: number): void;
  onWhole(): void;
}

/** Buttons over a canvas: zoom, back to the whole, save the picture. */
export function ChartTools({ fileName, zoomed, onZoom, onWhole }: ChartToolsProps) {
  const texts = useStrings(sharedStrings);
  const save = (button: Element): void => button.closest('.chart-plot')?.querySelector('canvas')?.toBlob((blob) => blob && saveBlob(fileName, blob));
  return (
    <div className="chart-tools" role="group" aria-label={texts.tools}>
      <IconButton label={texts.zoomIn} look="quiet" onClick={() => onZoom(0.5)}>
        <ZoomIn size={14} />
      </IconButton>
      <IconButton label={texts.zoomOut} look="quiet" disabled={!zoomed} onClick={() => onZoom(2)}>
        <ZoomOut size={14} />
      </IconButton>
      <IconButton label={texts.whole} look="quiet" disabled={!zoomed} onClick={onWhole}>
        <Maximize size={14} />
      </IconButton>
      <IconButton label={texts.picture} look="quiet" onClick={({ currentTarget }) => save(currentTarget)}>
        <Image size={14} />
      </IconButton>
    </div>
  );
}
