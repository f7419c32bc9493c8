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
  [/^tsne-js failed/, () => 'tsne-js가 실패했습니다. 지도는 t-SNE로 남습니다.'],
  [/is empty\. Choose a file|holds nothing but blank space|holds no rows/, () => '파일이 비어 있습니다. 시계열이 둘 이상 든 파일을 고르세요.'],
  [/^This is not a text file/, () => '텍스트 파일이 아닙니다. 표를 CSV로 내보낸 뒤 여세요.'],
  [/^This is .+\. Lacuna reads text tables/, () => '표가 아닌 파일입니다. Lacuna는 텍스트 표(CSV, TSV)를 읽습니다.'],
  [/^No column holds values/, () => '값이 든 열이 없습니다. 구분 기호와 소수점을 확인하고, 적어도 한 열의 역할을 값으로 바꾸세요.'],
  [/^No series with a value/, () => '값이 있는 시계열을 찾지 못했습니다. 배치, 열 이름 행, 열의 역할을 바꿔 보세요.'],
  [/^Your file has no row for .+ one was put in/, () => '파일에 없던 시점의 행을 채운 값과 함께 넣었습니다.'],
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
