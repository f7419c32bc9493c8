/** Hands a blob to the browser's own download. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The download keeps the blob; the address may go once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 30_000);
}
