/**
 * Builds the sample files that are shipped with the page:
 *   public/samples/messy.csv        made here, seeded; shows what the import report tells
 *   public/samples/air-quality.csv  a slice of the UCI Air Quality set (UCI states CC BY 4.0), from ../shared/data/ucr where present
 * Run with `npx tsx scripts/makeSamples.ts`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Random } from '../src/core/lib/random';

const folder = 'public/samples';
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/messy.csv`, encodeCp949(messy()));

const days = '../shared/data/ucr/AirQualityItaly_days.csv';
if (existsSync(days)) writeFileSync(`${folder}/air-quality.csv`, airQuality(readFileSync(days, 'utf8')));
else console.warn(`${days} is absent: public/samples/air-quality.csv is left as it is`);

/** Six of the thirteen variables, 26 whole weeks, one series a day. */
function airQuality(text: string): string {
  const wanted = ['id', 'label', 'time', 'CO_GT', 'C6H6_GT', 'NOx_GT', 'NO2_GT', 'T', 'RH'];
  const [header, ...rows] = text.trimEnd().split('\n').map((line) => line.split(','));
  const columns = wanted.map((name) => header.indexOf(name));
  const names = ['day', 'class', 'hour', 'CO', 'benzene', 'NOx', 'NO2', 'temperature', 'humidity'];
  const lines = rows.filter(([day]) => day >= '20041004' && day <= '20050403').map((cells) => columns.map((j, k) => (k === 0 ? cells[j].replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : cells[j])).join(','));
  return `${names.join(',')}\n${lines.join('\n')}\n`;
}

/** Hourly curves of 36 stations of three kinds, as a Korean office program would export them, with the usual faults. */
function messy(): string {
  const random = new Random(2024);
  const kinds = ['주거', '도로', '공업'];
  const lines = ['# 대기 측정망 내보내기 2024-03-01', '자료;시간 평균;ppb;', '', ['번호', '지점', '유형', ...Array.from({ length: 24 }, (_, h) => `${h}시`)].join(';')];
  for (let i = 0; i < 36; i++) {
    const kind = i % 3;
    const level = 20 + 4 * random.normal();
    const cells = Array.from({ length: 24 }, (_, h) => {
      const bump = (centre: number, width: number): number => Math.exp(-(((h - centre) / width) ** 2));
      const shape = [12 * bump(20, 3), 25 * bump(8, 2) + 20 * bump(18, 2.5), 18 * bump(13, 5)][kind];
      const gap = random.uniform();
      if (gap < 0.1) return ['', 'NA', '-', '결측', '#N/A'][random.integer(5)];
      if (gap < 0.115) return '-999';
      return (level + shape + random.normal()).toFixed(1).replace('.', ',');
    });
    lines.push([`ST${String(i + 1).padStart(3, '0')}`, `지점 ${i + 1}`, kinds[kind], ...cells].join(';'));
  }
  const first = 4;
  const change = (row: number, edit: (cells: string[]) => string[]): void => {
    lines[first + row] = edit(lines[first + row].split(';')).join(';');
  };
  change(4, (cells) => cells.slice(0, 20));
  change(9, (cells) => ['ST009', ...cells.slice(1)]);
  change(13, (cells) => cells.with(7, '12,,5'));
  change(17, (cells) => cells.with(12, '31,4ppb'));
  change(21, (cells) => [...cells, '7,5', 'x']);
  change(28, (cells) => cells.with(1, '"구 역 29; 북쪽"'));
  change(31, (cells) => cells.map((cell, j) => (j < 3 ? cell : '')));
  return `${lines.join('\r\n')}\r\n`;
}

/** CP949, by turning round what the decoder knows of its two-byte letters. */
function encodeCp949(text: string): Uint8Array {
  const decoder = new TextDecoder('euc-kr');
  const bytesOf = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x41; trail <= 0xfe; trail++) {
      const letter = decoder.decode(Uint8Array.of(lead, trail));
      if (letter.length === 1 && letter !== '\ufffd' && !bytesOf.has(letter)) bytesOf.set(letter, [lead, trail]);
    }
  }
  return Uint8Array.from([...text].flatMap((letter) => bytesOf.get(letter) ?? [letter.charCodeAt(0)]));
}
