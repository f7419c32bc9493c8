/** True for several lines that a separator parts into cells: a sentence pasted by mistake opens nothing. */
export function looksLikeTable(text: string): boolean {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, 20);
  return lines.length >= 2 && lines.every((line) => /[,;\t|]|\S {2,}\S/.test(line));
}
