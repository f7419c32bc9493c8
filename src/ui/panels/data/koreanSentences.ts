import type { ImportNote } from '../../../core/series/reading/plan';

type Rule = readonly [pattern: RegExp, korean: (...groups: (string | undefined)[]) => string];

/** Text of the file inside «…». */
const Q = '(«[^»]*»)';
const rule = (pattern: string, korean: Rule[1]): Rule => [new RegExp(`^${pattern}$`, 's'), korean];

const forms: Readonly<Record<string, string>> = {
  numbers: '숫자',
  'seconds since 1970 (UTC)': '1970년부터의 초(UTC)',
  'milliseconds since 1970 (UTC)': '1970년부터의 밀리초(UTC)',
  'dates without separators, year first': '구분 기호 없이 연도가 먼저인 날짜',
  'dates, year first': '연도가 먼저인 날짜',
  'dates, day before month': '일이 월보다 먼저인 날짜',
  'dates, month before day': '월이 일보다 먼저인 날짜',
  'dates with the month in letters': '월을 글자로 쓴 날짜',
  'times of day': '시각',
  'days as Excel counts them, since 1900': 'Excel처럼 1900년부터 센 일수',
  'days as Excel counts them, since 1904': 'Excel처럼 1904년부터 센 일수',
  'days since 1900': '1900년부터의 일수',
  'days since 1904': '1904년부터의 일수',
  'names in order of appearance': '나온 순서대로의 이름',
  'year first': '연도 먼저',
  'month in letters': '월을 글자로',
  'without separators, year first': '구분 기호 없이 연도 먼저',
  'day before month': '일 먼저',
  'month before day': '월 먼저',
};
const form = (words = ''): string => forms[words] ?? words;

const whys: readonly Rule[] = [
  rule('not a number', () => '숫자가 아닙니다'),
  rule('infinite', () => '무한대입니다'),
  rule('beyond the range of numbers.*', () => '수의 범위(약 1.8e308)를 넘습니다'),
  rule('too close to zero.*', () => '0과 가리기에 너무 작습니다'),
  rule('not written in decimal digits', () => '십진수로 쓰지 않았습니다'),
  rule('either a decimal or thousands.*', () => '소수인지 천 단위인지 알 수 없습니다. 기호 없이 쓰거나 소수점을 정하세요'),
  rule('written with the other decimal mark', () => '다른 소수점으로 썼습니다'),
  rule(`written in another unit than the ${Q} of most cells`, (unit) => `대부분의 단위 ${unit}와(과) 다른 단위입니다`),
  rule('empty, and empty cells.*', () => '비어 있는데, 빈 셀을 결측으로 보지 않습니다'),
];

const units: Readonly<Record<string, string>> = { day: '일', hour: '시간', minute: '분', second: '초', month: '개월', millisecond: '밀리초' };
const step = (words = ''): string => words.replace(/^(\d+) (day|hour|minute|second|month|millisecond)s?$/, (_, count: string, unit: string) => `${count}${units[unit]}`);
const cells = (one: string | undefined, many: string | undefined): string => one ?? many ?? '1';

const sentences: readonly Rule[] = [
  rule(`Line (\\d+), column (\\d+) ${Q}: ${Q} is (.*)\\. The cell is treated as missing; .*`, (line, column, name, text, why) => `${line}행 ${column}열 ${name}: ${text}은(는) ${translate(whys, why ?? '') ?? why}. 결측으로 봅니다. 파일에서 고치거나 결측 글자에 넣으세요.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: ${Q} was read as (\\S+)\\.`, (line, column, name, text, value) => `${line}행 ${column}열 ${name}: ${text}을(를) ${value}(으)로 읽었습니다.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: ${Q} was read as (\\S+) \\((.*)\\), while most dates of this column are written (.*?)\\.( Day and month may be the other way round\\.)?(?: So those that could be either, such as ${Q}, may be wrong.*?\\.)? Write all dates of the column in one form, best as (\\S+)\\.`, (line, column, name, text, day, own, most, doubt, unclear, best) => `${line}행 ${column}열 ${name}: ${text}을(를) ${day}(${form(own)})로 읽었는데, 이 열의 날짜는 대부분 ‘${form(most)}’입니다.${doubt ? ' 일과 월이 바뀌었을 수 있습니다.' : ''}${unclear ? ` 그래서 ${unclear}처럼 둘 다 될 수 있는 날짜는 틀릴 수 있습니다.` : ''} 모든 날짜를 한 형식(예: ${best})으로 쓰세요.`),
  rule(`(The|Some) times are numbers such as ${Q}, which may be dates as Excel keeps them: days since (\\d+), so (\\S+)\\. .*`, (which, text, since, day) => `${which === 'Some' ? '일부 시간이' : '시간이'} ${text}처럼 숫자인데, Excel 날짜(${since}년부터의 일수)라면 ${day}입니다. 정하기 전까지는 그대로 숫자로 봅니다.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: (?:the time is empty|${Q} is not a time like the others \\((.*)\\)); the row is left out\\. .*`, (line, column, name, text, own) => `${line}행 ${column}열 ${name}: ${text === undefined ? '시간이 비어' : `${text}은(는) 다른 시간(${form(own)})과 달라`} 이 행을 뺐습니다. 데이터에 속하는 행이면 파일에서 시간을 고치세요.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: the time ${Q} occurs before; .*`, (line, column, name, text) => `${line}행 ${column}열 ${name}: 시간 ${text}이(가) 앞에도 있어 첫 행만 남기고 뺐습니다. 둘 다 데이터면 파일에서 시간을 고치세요.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: the id is empty; .*`, (line, column, name) => `${line}행 ${column}열 ${name}: 식별자가 비어 있어 이 행을 뺐습니다. 어느 시계열인지 쓰세요.`),
  rule(`Line (\\d+), column (\\d+) ${Q}: the name of the variable is empty; .*`, (line, column, name) => `${line}행 ${column}열 ${name}: 변수 이름이 비어 있어 이 행을 뺐습니다. 무엇을 잰 값인지 쓰세요.`),
  rule(`Line (\\d+): ${Q} has a row at ${Q} before; .*`, (line, id, time) => `${line}행: ${id}에는 ${time}의 행이 앞에도 있어 첫 행만 남기고 뺐습니다. 하나만 남기거나 식별자를 다르게 하세요.`),
  rule(`Line (\\d+): the column name ${Q} occurs before; this column is called ${Q}\\.`, (line, name, own) => `${line}행: 열 이름 ${name}이(가) 앞에도 있어 이 열은 ${own}(으)로 부릅니다.`),
  rule(`Line (\\d+): the id ${Q} occurs before; this series is called ${Q}\\.`, (line, id, own) => `${line}행: 식별자 ${id}이(가) 앞에도 있어 이 시계열은 ${own}(으)로 부릅니다.`),
  rule(`Line (\\d+): column (\\d+) has no name; it is called ${Q}\\.`, (line, column, own) => `${line}행: ${column}열에 이름이 없어 ${own}(으)로 부릅니다.`),
  rule(`Line (\\d+): the id is empty; the series is called ${Q}\\.`, (line, own) => `${line}행: 식별자가 비어 있어 ${own}(으)로 부릅니다.`),
  rule(`(?:Line (\\d+): |The series )${Q} holds no value and is left out\\.`, (line, id) => `${line === undefined ? '' : `${line}행: `}시계열 ${id}에 값이 없어 뺐습니다.`),
  rule(`The series ${Q} shows (.*) of its cells, less than the (.*) asked for, and is left out\\.`, (id, share, asked) => `시계열 ${id}은(는) 셀의 ${share}만 관측되어(기준 ${asked}) 뺐습니다.`),
  rule(`The series ${Q} is left out, as you said\\.`, (id) => `시계열 ${id}을(를) 말씀하신 대로 뺐습니다.`),
  rule(`The variable ${Q} holds no value in any series; .*`, (name) => `변수 ${name}에는 어느 시계열에도 값이 없습니다. 열의 역할을 ‘무시’로 바꾸세요.`),
  rule(`The (series|step) ${Q} seems to sum up the others, .*`, (what, name) => `${what === 'series' ? '시계열' : '시점'} ${name}은(는) 이름을 보면 나머지의 합계나 평균 같은데 그대로 읽었습니다. 맞다면 빼세요(시점이면 열의 역할을 ‘무시’로).`),
  rule('Each of the (\\d+) rows is read as a series of (\\d+) steps?, but .*', (n, t) => `${n}개 행마다 스텝 ${t}개인 시계열로 읽었지만, 값이 열 사이보다 행 사이에서 덜 변합니다. 시계열이 열이고 한 행이 한 시점이면 배치에서 ‘한 열에 한 시계열’을 고르세요.`),
  rule(`The file holds one series, ${Q}, and .*`, (id) => `시계열이 ${id} 하나뿐이라 군집을 만들 수 없습니다. 배치를 확인하거나, 긴 기록이면 하루씩처럼 나누어 한 줄에 하나씩 쓰세요.`),
  rule('At (\\d+) of (\\d+) steps? no series holds a value \\((.*)\\): .*', (count, all, names) => `시점 ${all}개 중 ${count}개(${names})에는 어느 시계열에도 값이 없어, 모두 채워 넣게 됩니다. 빼려면 그 열의 역할을 ‘무시’로 하거나 파일에서 지우세요.`),
  rule('No series ever changes: .*', () => '변하는 시계열이 하나도 없어 높낮이로만 가릴 수 있습니다. 배치와 열을 확인하세요.'),
  rule('(\\d+) series of (\\d+) never changes? \\((.*)\\)\\. .*', (count, all, names) => `시계열 ${all}개 중 ${count}개(${names})는 변하지 않습니다. 시계열별로 표준화하면 0인 직선이 됩니다. 계기가 멈춘 것이면 빼세요.`),
  rule('For (\\d+) of the (\\d+) (pairs|triples) .* has no row; (?:that cell counts|these (\\d+) cells count) as missing.*', (absent, all, kind, count) => `(시계열, 시점${kind === 'triples' ? ', 변수' : ''}) 조합 ${all}개 중 ${absent}개는 파일에 행이 없습니다. 그 셀 ${cells(count, undefined)}개는 결측이나 시계열 밖으로 봅니다.`),
  rule('The series share few times \\((\\d+) different ones, at most (\\d+) in one series\\).*', (all, most) => `시계열끼리 겹치는 시간이 적어(서로 다른 시간 ${all}개, 한 시계열에 많아야 ${most}개) 시계열마다 따로 셉니다. 한 시간 축에 놓으려면 시점 맞추기를 바꾸세요.`),
  rule(`Dates such as ${Q} do not tell day from month; they were read as (.*?)\\. .*`, (text, own) => `${text} 같은 날짜는 일과 월을 가릴 수 없어 ${form(own)}로 읽었습니다. 틀리면 위의 ‘일과 월’에서 고르거나 파일에 연도를 먼저 쓰세요.`),
  rule('Times were read as (.*?)\\. The step is (.*)\\.', (own, words) => `시간을 ${form(own)}(으)로 읽었습니다. 간격은 ${step(words)}입니다.`),
  rule('Times were read as (.*?)\\. They are irregular: (\\d+) of (\\d+) steps (?:is|are) (.*?), the others? differs?\\. .*', (own, count, all, words) => `시간을 ${form(own)}(으)로 읽었습니다. 간격이 고르지 않습니다: ${all}개 중 ${count}개만 ${step(words)}입니다. 파일의 서로 다른 시간이 각각 한 시점이 되고, 방법은 시점의 순서만 보고 간격은 보지 않습니다.`),
  rule('Empty cells stand at (\\d+) starts? (?:or|and) ends? of series \\(at most (\\d+) steps? long\\); between the first and the last value of the series (?:no step is empty|(\\S+) % of the steps are empty)( in all variables)?\\. So the empty ends are taken as (series|gaps).*', (count, longest, share, all, as) => `시계열의 처음이나 끝 ${count}곳이 비어 있고(길어야 ${longest}시점), 첫 값과 마지막 값 사이에는 ${share === undefined ? '빈 시점이 없습니다' : `시점의 ${share} %가${all ? ' 모든 변수에서' : ''} 비어 있습니다`}. 그래서 ${as === 'gaps' ? '빈 끝을 결측으로 봅니다' : '늦게 시작하거나 일찍 끝난 시계열로 봅니다'}. 아니면 위에서 바꾸세요.`),
  rule(`Columns? (\\d+ .*?)(?: and (\\d+) more)? (?:is|are) not used\\.`, (names, more) => `${names}${more === undefined ? '' : ` 외 ${more}개`} 열은 쓰지 않습니다.`),
  rule(`Column (\\d+) ${Q} is not used, although .* such as ${Q}\\. .*`, (column, name, text) => `${column}열 ${name}은(는) 숫자도 있지만 ${text}처럼 숫자가 아닌 셀이 많아 쓰지 않습니다. 숫자만 읽고 나머지를 결측으로 보려면 역할을 ‘값’으로 바꾸세요.`),
  rule(`Column (\\d+) ${Q} is taken as the class of each series\\. .*`, (column, name) => `${column}열 ${name}을(를) 시계열의 부류로 봅니다. 따로 두고 학습에는 쓰지 않습니다.`),
  rule(`Line (\\d+): ${Q} for ${Q}, which had ${Q} before; .*`, (line, text, id, before) => `${line}행: ${id}에 ${before}이(가) 있었는데 ${text}이(가) 나왔습니다. 첫 값만 남깁니다.`),
  rule('Line (\\d+): (\\d+) cells? where (\\d+) (?:is|are) expected\\. The cells that are not there .*', (line, found, wanted) => `${line}행: 셀이 ${wanted}개여야 하는데 ${found}개입니다. 없는 셀은 빈 셀로 봅니다. 행 중간에 빠진 셀이 없는지 확인하세요.`),
  rule('Line (\\d+): (\\d+) cells? where (\\d+) (?:is|are) expected\\. The (?:one|(\\d+)) past the last column .*', (line, found, wanted, past) => `${line}행: 셀이 ${wanted}개여야 하는데 ${found}개입니다. 마지막 열을 넘는 ${past ?? '1'}개는 뺐습니다. 구분 기호가 잘못 들어가지 않았는지 확인하세요.`),
  rule('Line (\\d+): the row of column names occurs again; .*', (line) => `${line}행: 열 이름 행이 또 있어 뺐습니다.`),
  rule('Line (\\d+): a quote is opened and never closed; .*', (line) => `${line}행: 따옴표가 닫히지 않아 글자 그대로 읽었습니다. 파일에서 따옴표를 닫으세요.`),
  rule('Line (\\d+): a quote stands inside a quoted cell; .*', (line) => `${line}행: 따옴표 안에 또 따옴표가 있습니다. 셀이 어디서 끝나는지 확인하세요.`),
  rule('The value (\\S+) occurs (\\d+) times and stands apart .*', (value, count) => `값 ${value}이(가) ${count}번 나오고 다른 값과 동떨어져 있습니다. 결측을 뜻할 수 있습니다. 정하기 전에는 값으로 봅니다.`),
  rule('The value (\\S+) counts as missing, as you said: (\\d+) cells?\\.', (value, count) => `값 ${value}은(는) 말씀하신 대로 결측으로 봅니다(셀 ${count}개).`),
  rule('The columns look like (\\d+) variables \\((.*)\\) of (\\d+) steps each, .*: all (\\d+) columns .*', (count, names, steps, all) => `열이 변수 ${count}개(${names}), 시점 ${steps}개씩처럼 보이지만, 한 행에 한 시계열인 파일은 변수가 하나라서 ${all}개 열을 모두 시점으로 읽었습니다. 변수를 나누려면 한 행에 한 시점으로 쓰세요.`),
  rule('The text is (.*)\\.', (encoding) => `글자 인코딩: ${encoding}.`),
  rule('Some bytes are not valid (\\S+); .*', (encoding) => `${encoding}에 맞지 않는 바이트가 있어 �로 보입니다. 이름이 이상하면 다른 인코딩을 고르세요.`),
  rule('The first row stands before the table and is skipped\\.', () => '표 앞의 첫 행을 건너뛰었습니다.'),
  rule('The first (\\d+) rows stand before the table and are skipped\\.', (count) => `표 앞의 ${count}개 행을 건너뛰었습니다.`),
  rule('The last column is empty in every row .*', () => '마지막 열은 모든 행에서 비어 있고 이름도 없어 뺐습니다.'),
  rule('The last (\\d+) columns are empty in every row .*', (count) => `마지막 ${count}개 열은 모든 행에서 비어 있고 이름도 없어 뺐습니다.`),
];

function translate(rules: readonly Rule[], text: string): string | null {
  for (const [pattern, korean] of rules) {
    const match = pattern.exec(text);
    if (match !== null) return korean(...match.slice(1));
  }
  return null;
}

/** What the notes add for findings of one kind: how often, on which lines, with which other texts. */
const OTHERS = /^(.*?)(?: \((\d+) times(?:; also lines? ([\d, ]+?)( …)?)?(?:; other texts: (.*?))?\))?$/s;

/** A finding in Korean with all its values; null where its sentence is not known. */
export function koreanSentenceOf({ message }: Pick<ImportNote, 'message'>): string | null {
  const [, sentence, times, lines, more, texts] = OTHERS.exec(message) ?? [];
  const korean = translate(sentences, sentence ?? message);
  if (korean === null || times === undefined) return korean;
  const parts = [`모두 ${times}번`, ...(lines === undefined ? [] : [`${lines}${more ?? ''}행에도`]), ...(texts === undefined ? [] : [`다른 글자: ${texts}`])];
  return `${korean} (${parts.join('; ')})`;
}
