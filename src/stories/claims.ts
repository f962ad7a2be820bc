/** Words by which a report says that something is not so. */
const DENIAL =
  /\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed)?|reject(?:s|ed)?|refut(?:es?|ed)|rebuff(?:s|ed)?|disput(?:es?|ed)|groundless|baseless|no such|never (?:sent|supplied|sold|agreed))\b|부인(?!이|과|의|은|을)|반박|일축|사실무근|사실이 아니|опроверг\S*|отрица\S*|отверг\S*|не соответству\S+ действительности|否定|反論|事実無根|否认|否認|驳斥|駁斥|并非事实|子虚乌有/iu;

/** Words by which an outlet mends or takes back its own report. */
const CORRECTION =
  /\b(?:correction|corrected version|corrects|(?:an )?earlier version|previously (?:stated|reported) incorrectly|clarification)\b|정정(?:합니다|보도|:)|바로잡(?:습니다|았)|\[정정\]|исправлен[оаы]?\b|в предыдущей версии|поправка|訂正(?:します|して|:|：)|【訂正】|更正|勘误|勘誤/iu;
const RETRACTION =
  /\b(?:retract(?:s|ed|ion)|(?:this|the|its) (?:story|report|article) (?:has been|was|is) (?:withdrawn|removed|deleted)|withdraws? (?:this|the|its) (?:story|report|article))\b|기사(?:를)? (?:철회|취소|삭제)|(?:материал|новость|сообщение) (?:отозван\S*|удал[её]н\S*|аннулирован\S*)|記事を(?:撤回|取り消)|撤稿|撤回(?:报道|報道|稿件)/iu;

export const denies = (text: string): boolean => DENIAL.test(text);
export const corrects = (text: string): boolean => CORRECTION.test(text);
export const retracts = (text: string): boolean => RETRACTION.test(text);
