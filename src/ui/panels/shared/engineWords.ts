/** What the engine says in English, in Korean: known sentences and the parts of the reasons it joins by "; ". */

type Rule = readonly [pattern: RegExp, korean: (...groups: string[]) => string];

const sentences: readonly Rule[] = [
  [/^Training diverged in epoch (\d+): (.+) is no longer finite\./, (epoch, stage) => `에포크 ${epoch}에서 ${stage} 값이 유한한 수가 아니게 되었습니다. 학습률을 낮추고(예: 0.3배) 마지막으로 정상이던 에포크부터 이어가세요.`],
  [/^The GPU \((.+?)\) was lost.* The run .* from epoch (\d+)\.$/, (name, epoch) => `GPU(${name})를 잃어, 에포크 ${epoch}부터 남은 장치에서 학습을 이어갑니다.`],
  [/^The GPU \((.+?)\) was lost/, (name) => `GPU(${name})를 잃었습니다.`],
  [/^A thread of WASM hung in the middle of its work\. The run .* from epoch (\d+)\.$/, (epoch) => `WASM 스레드가 멈춰, 에포크 ${epoch}부터 스레드 1개로 학습을 이어갑니다.`],
  [/^A thread of WASM ended\. The run goes on with (?:(\d+) threads|one thread)\.$/, (count) => `WASM 스레드 하나가 끝나, 스레드 ${count ?? 1}개로 학습을 이어갑니다.`],
  [/^WebGPU was asked for, but (.+)\. Choose "auto" or "wasm"\.$/, (why) => `WebGPU를 골랐지만 쓸 수 없습니다: ${koreanReason(why)}. 자동이나 WASM을 고르세요.`],
  [/^WASM (is switched off|did not start)/, () => '이 브라우저에서 WASM을 시작하지 못했습니다.'],
  [/^This run would take about (.+?) of memory; (.+?) is the limit\. Choose a batch of (\d+)/, (total, budget, batch) => `이 학습에는 메모리가 ${total}쯤 필요한데 한도는 ${budget}입니다. 배치를 ${batch} 이하로 줄이세요.`],
  [/^This run would take about (.+?) of memory; (.+?) is the limit\. The data alone takes (.+?):/, (total, budget, data) => `이 학습에는 메모리가 ${total}쯤 필요한데 한도는 ${budget}입니다. 데이터만 ${data}이니 시계열, 시점, 변수를 줄이세요.`],
  [/^This run would take about (.+?) of memory; (.+?) is the limit\./, (total, budget) => `이 학습에는 메모리가 ${total}쯤 필요한데 한도는 ${budget}입니다. 은닉 유닛이나 층을 줄이세요.`],
  [/^The series have (\d+) steps?; at least 2 are needed/, (t) => `시계열의 시점이 ${t}개뿐입니다. 2개 이상이어야 합니다. 배치(시계열이 행인지 열인지)를 확인하세요.`],
  [/^The data has (\d+) series, too few for (\d+) clusters/, (n, k) => `시계열 ${n}개로는 군집 ${k}개를 만들 수 없습니다. 군집 수를 줄이거나 시계열이 더 많은 파일을 고르세요.`],
  [/^(\d+) clusters need at least \d+ (?:series|points), but there are (\d+)/, (k, n) => `시계열 ${n}개로는 군집 ${k}개를 만들 수 없습니다. 군집 수를 줄이세요.`],
  [/^Series "(.*)" holds (.+) at step (.+), variable "(.*)"; values must be finite/, (id, value, step, variable) => `시계열 "${id}"의 시점 ${step}, 변수 "${variable}" 값 ${value}이(가) 너무 크거나 수가 아닙니다. 결측으로 표시하거나 고치거나 단위를 바꾸세요.`],
  [/^The value (.+) of series (.+) is too large for a model as it is/, (value, id) => `시계열 "${id}"의 값 ${value}은(는) 그대로 쓰기에 너무 큽니다. 시계열별이나 변수별로 표준화하세요.`],
  [/^(\d+) series ha(?:s|ve) no observed value left after the preparation \(the first is "(.*)"\).* Principal components: (.+) % of the observed values are not used/, (count, id, share) => `전처리를 거치면 시계열 ${count}개(첫째: "${id}")에 관측값이 남지 않습니다. 같은 시점에 다른 변수가 결측이거나 숨겨져 있어 주성분이 관측값의 ${share}%를 쓰지 못합니다. 앞에 보간 단계를 두거나, 주성분의 결측을 ‘다른 변수로 추정’으로 하거나, 그 시계열을 빼세요.`],
  [/^(\d+) series ha(?:s|ve) no observed value left after the preparation \(the first is "(.*)"\)/, (count, id) => `전처리를 거치면 시계열 ${count}개(첫째: "${id}")에 관측값이 남지 않습니다. 그 단계를 빼거나, 앞에서 결측을 채우거나, 파일에서 그 시계열을 지우세요.`],
  [/^(\d+) series ha(?:s|ve) no observed value \(the first is "(.*)"\)/, (count, id) => `시계열 ${count}개(첫째: "${id}")에 관측값이 없어 배울 것이 없습니다. 파일에서 지우세요.`],
  [/^Series "(.*)" has (\d+) steps?, too few for differences over (\d+)/, (id, steps, lag) => `시계열 "${id}"은(는) 시점이 ${steps}개라 간격 ${lag}의 차분을 할 수 없습니다. 간격을 줄이거나 그 시계열을 빼세요.`],
  [/^The longest series has (\d+) steps?, too few for seasonal filling by a period of (\d+).*?(?:at most (\d+)|Fill another way)/, (steps, period, most) => `가장 긴 시계열이 ${steps}스텝이라 주기 ${period}의 같은 위상이 두 번 나오지 않아 계절 채우기를 할 수 없습니다. ${most ? `주기를 ${most} 이하로 하거나 ` : ''}다른 방법으로 채우세요.`],
  [/^The series have (\d+) steps?, too few for means of (\d+) pieces/, (t, pieces) => `시계열의 시점이 ${t}개라 ${pieces}조각의 평균으로 바꿀 수 없습니다. 스텝 수를 ${t} 이하로 하거나 직선을 고르세요.`],
  [/^The series have (\d+) variables?, too few for (\d+) components/, (d, count) => `변수가 ${d}개라 주성분 ${count}개를 만들 수 없습니다. 주성분 수를 ${d} 이하로 하세요.`],
  [/^Principal components: (.+) % of the observed values are not used, because more than half/, (share) => `주성분: 같은 시점에 변수의 절반 넘게 결측이거나 숨겨져 있어 관측값의 ${share.replace('less than 0.1', '0.1 미만')}%를 쓰지 못합니다.`],
  [/^Principal components: (.+) % of the observed values are not used/, (share) => `주성분: 같은 시점에 다른 변수가 결측이거나 숨겨져 있어 관측값의 ${share.replace('less than 0.1', '0.1 미만')}%를 쓰지 못합니다. 더 쓰려면 앞에 보간 단계를 두거나 결측을 다른 변수로 추정하세요.`],
  [/^Difference: (.+) % of the observed values are not used, because nothing observed stands (\d+) steps? before/, (share, lag) => `차분: ${lag}스텝 앞이나 뒤에 관측값이 없어 관측값의 ${share.replace('less than 0.1', '0.1 미만')}%를 쓰지 못합니다.`],
  [/^No two steps have all variables observed/, () => '모든 변수가 관측된 시점이 둘도 없어 주성분을 구할 수 없습니다. 먼저 결측을 채우세요.'],
  [/^Whole variables can be hidden only where/, () => '변수가 하나뿐이면 변수 전체를 숨길 수 없습니다. 셀이나 구간을 숨기세요.'],
  [/^The share of (?:cells to hide|hidden cells)/, () => '숨길 셀의 비율은 0 이상 0.9 이하여야 합니다.'],
  [/^Series (\d+) has no observed value: leave it out/, (i) => `${i}번째 시계열에 관측값이 없습니다. 빼거나 먼저 채우세요.`],
  [/^There is no data to /, () => '데이터가 없습니다. 먼저 파일을 여세요.'],
  [/^There is not enough memory/, () => '메모리가 모자랍니다. 배치나 은닉 유닛, 시계열 수를 줄이세요.'],
  [/^Lacuna made an error that is not yours/, () => 'Lacuna 쪽의 오류입니다. 데이터와 마지막으로 정상이던 에포크는 그대로 있습니다.'],
  [/^The engine was restarted because .* The run goes on from epoch (\d+)\.$/, (epoch) => `엔진을 다시 시작했습니다. 에포크 ${epoch}부터 학습을 이어갑니다.`],
  [/^The engine was restarted because .* so the run was ended\./, () => '엔진이 여러 번 멈춰 학습을 끝냈습니다. 배치를 줄이거나 다른 백엔드를 고르세요.'],
  [/^The engine was restarted because .* too large for the memory/, () => '엔진을 다시 시작했습니다. 파일이 이 페이지의 메모리보다 클 수 있습니다.'],
  [/^The engine was restarted because/, () => '엔진을 다시 시작했습니다.'],
  [/^A run is under way\. Pause or stop it/, () => '학습이 진행 중입니다. 먼저 일시정지하거나 중지하세요.'],
  [/^A sweep over K tries whole numbers from 2 to (\d+)/, (most) => `K는 2에서 ${most}(시계열 수의 절반) 사이의 정수여야 합니다.`],
  [/^A sweep over K needs at least 4 series/, () => 'K를 고르려면 시계열이 4개 이상 있어야 합니다.'],
  [/^There are no latents to sweep over yet/, () => '아직 잠재 표현이 없습니다. 먼저 학습하거나, 전처리한 시계열로 시도하세요.'],
  [/^The map could not be drawn/, () => '지도를 그리지 못했습니다. 다음 에포크에서 다시 그립니다.'],
  [/^tsne-js takes at most (\d+) series, and there are (\d+)/, (most, n) => `tsne-js는 시계열 ${most}개까지만 됩니다(지금 ${n}개). 지도는 t-SNE로 남습니다.`],
  [/^UMAP takes at most (\d+) series, and there are (\d+); the map stays/, (most, n) => `UMAP은 시계열 ${most}개까지만 됩니다(지금 ${n}개). 지도는 t-SNE로 남습니다.`],
  [/^tsne-js failed/, () => 'tsne-js가 실패했습니다. 지도는 t-SNE로 남습니다.'],
  [/holds no rows below the row of column names/, () => '열 이름 행 아래에 행이 없습니다. 시계열이 든 파일을 고르세요. 그 행이 값이면 첫 행이 열 이름이 아니라고 알려 주세요.'],
  [/is empty\. Choose a file|holds nothing but blank space|holds no rows/, () => '파일이 비어 있습니다. 시계열이 둘 이상 든 파일을 고르세요.'],
  [/^This is not a text file/, () => '텍스트 파일이 아닙니다. 표를 CSV로 내보낸 뒤 여세요.'],
  [/^This is .+\. Lacuna reads text tables/, () => '표가 아닌 파일입니다. Lacuna는 텍스트 표(CSV, TSV)를 읽습니다.'],
  [/^No column has the role "value"/, () => '역할이 ‘값’인 열이 없습니다. 숫자가 든 열의 역할을 값으로 바꾸세요.'],
  [/^No column holds values/, () => '값이 든 열이 없습니다. 구분 기호와 소수점을 확인하고, 적어도 한 열의 역할을 값으로 바꾸세요.'],
  [/^No series with a value/, () => '값이 있는 시계열을 찾지 못했습니다. 배치, 열 이름 행, 열의 역할을 바꿔 보세요.'],
  [/^Your file has no row for .+ one was put in/, () => '파일에 없던 시점의 행을 채운 값과 함께 넣었습니다.'],
  [/^There is no relevance\.csv: the heat map is made/, () => 'relevance.csv가 없습니다. 히트맵은 실행이 일시정지하거나 끝난 에포크에서 만듭니다. 일시정지한 뒤 파일을 다시 만드세요.'],
  [/^There is no relevance\.csv: (.+) does not tell which steps speak for a cluster\. Methods that do: (.+)\.$/, (method, others) => `relevance.csv가 없습니다. ${method}은(는) 어느 시점이 군집을 뒷받침하는지 알려 주지 않습니다. 알려 주는 방법: ${others}.`],
  [/^The heat map of epoch (\d+) could not be made/, (epoch) => `에포크 ${epoch}의 히트맵을 만들지 못했습니다.`],
  [/run as a formula in a spreadsheet/, () => '표 계산 프로그램이 수식으로 실행할 글자 앞에 작은따옴표를 붙였습니다.'],
  [/more than the [\d,]+ that fit/, () => '셀이 너무 많아 다 담을 수 없습니다. 시계열이나 시점을 줄이세요.'],
];

const reasons: readonly Rule[] = [
  [/^you chose it$/, () => '직접 고름'],
  [/^this adapter is emulated in software, WASM is faster$/, () => '소프트웨어로 흉내 낸 어댑터라 WASM이 더 빠름'],
  [/^WASM is much faster$/, () => 'WASM이 훨씬 빠름'],
  [/^WebGPU with a real adapter$/, () => '실제 어댑터가 있는 WebGPU'],
  [/^fastest in a trial: (.+) ms a batch$/, (ms) => `시험에서 가장 빠름: 배치당 ${ms} ms`],
  [/^(WebGPU|WASM|CPU) takes (.+) ms$/, (name, ms) => `${name}는 ${ms} ms`],
  [/^(WebGPU|WASM|CPU) could not be measured: its first batches took longer than (.+) s$/, (name, seconds) => `${name}는 첫 배치들이 ${seconds}초를 넘겨 재지 못함`],
  [/^(WebGPU|WASM|CPU) could not be measured: (.+)$/, (name, why) => `${name}는 재지 못함: ${why}`],
  [/^(WebGPU|WASM|CPU) was not measured$/, (name) => `${name}는 재지 않음`],
  [/^WASM is available$/, () => 'WASM을 쓸 수 있음'],
  [/^this browser has no WebGPU$/, () => '이 브라우저에는 WebGPU가 없음'],
  [/^WebGPU finds no adapter$/, () => 'WebGPU 어댑터를 찾지 못함'],
  [/^the only WebGPU adapter is emulated in software \((.+)\)$/, (name) => `WebGPU 어댑터가 소프트웨어로 흉내 낸 것뿐임(${name})`],
  [/^trained, fitted and scored on all (\d+) series \(pooled\)$/, (n) => `시계열 ${n}개 전체로 학습하고 맞추고 채점함(pooled)`],
  [/^labels only in the scores$/, () => '레이블은 채점에만 씀'],
  [/^the split in the file is not used$/, () => '파일의 분할은 쓰지 않음'],
  [/^SIMD, one thread$/, () => 'SIMD, 스레드 1개'],
  [/^SIMD, one thread \(no threads: (.+)\)$/, (why) => `SIMD, 스레드 1개(여러 스레드를 쓸 수 없음: ${why})`],
  [/^SIMD, one thread \(its threads (?:hung|ended)\)$/, () => 'SIMD, 스레드 1개(다른 스레드가 멈춤)'],
  [/^SIMD, (\d+) threads$/, (count) => `SIMD, 스레드 ${count}개`],
  [/^plain JavaScript$/, () => '일반 자바스크립트'],
];

function translate(rules: readonly Rule[], text: string): string | null {
  for (const [pattern, korean] of rules) {
    const match = pattern.exec(text);
    if (match) return korean(...match.slice(1));
  }
  return null;
}

/** The sentence in Korean; null where it is not known. */
export function koreanSentence(message: string): string | null {
  return translate(sentences, message.trim());
}

/** A reason or protocol with each part in Korean where it is known. */
export function koreanReason(reason: string): string {
  return reason
    .split('; ')
    .map((part) => translate(reasons, part) ?? part)
    .join('; ');
}
