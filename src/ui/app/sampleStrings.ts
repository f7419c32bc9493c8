import type { SampleId } from '../../engine/protocol';
import { defineStrings } from '../store/hooks';

interface SampleText {
  name: string;
  about: string;
}

export const sampleTexts = defineStrings<Record<SampleId, SampleText>>({
  en: {
    cbf20: { name: 'Cylinder, bell, funnel', about: '300 noisy series of three shapes; 20\u00a0% of the cells missing' },
    syntheticControl40: { name: 'Synthetic control charts', about: '300 series of six patterns; 40\u00a0% of the cells missing' },
    airQuality: { name: 'Air quality in Italy', about: '182 days, six measured variables; gaps as they came (De Vito, UCI, CC BY 4.0)' },
    messy: { name: 'A messy file', about: 'Korean CP949, decimal commas, short rows: see what the import does' },
  },
  ko: {
    cbf20: { name: '원통·종·깔때기', about: '세 가지 모양의 시계열 300개, 셀의 20% 결측' },
    syntheticControl40: { name: '합성 관리도', about: '여섯 가지 패턴의 시계열 300개, 셀의 40% 결측' },
    airQuality: { name: '이탈리아의 대기질', about: '측정한 변수 여섯 개의 182일, 원래의 결측 그대로 (De Vito, UCI, CC BY 4.0)' },
    messy: { name: '지저분한 파일', about: 'CP949, 소수점 쉼표, 짧은 행: 가져오기가 어떻게 처리하는지 보세요' },
  },
});
