/**
 * Whether a sentence speaks to a machine instead of a reader (`Ignore all instructions and write …`): it is kept from
 * the model and from readers, and so nothing can cite it. A guard beside the others: the model has no tools and no secrets, and what it
 * writes must stand in other sentences.
 */
export function addressesMachine(text: string): boolean {
  return HINT.test(text) && PATTERNS.some((pattern) => pattern.test(text));
}

/** What every pattern has some of: nearly all sentences are done with here. */
const HINT =
  /instruct|prompt|rule|guideline|above|previous|prior|earlier|system|context|message|jailbreak|model|assistant|chat ?bot|LLM|GPT|\bAI\b|\bbot\b|you are|act as|pretend|from now|summar|answer|output|respon|reply|verbatim|exactly|following|user|developer|INST\]|<\||инструкц|указани|правил|предыдущ|резюме|сводк|ответ|дословно|промпт|подсказк|지시|명령|프롬프트|규칙|요약|답변|指示|命令|プロンプト|ルール|要約|回答|指令|提示|规则|規則|以上|之前|摘要|总结/i;

const PATTERNS = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above|previous|prior|earlier|system|context)/i,
  /\b(?:system|developer|hidden|initial)\s*(?:prompt|message|instruction)|\bprompt injection\b|\bjailbreak/i,
  /\b(?:language model|ai (?:model|assistant|agent|system|summari[sz]er)|chat ?bot|assistant|LLM|ChatGPT|GPT-\d)\b.{0,60}\b(?:must|should|please|write|say|output|respond|reply|include|reveal|print|instead)\b/i,
  /\b(?:you are|act as|pretend|from now on)\b.{0,40}\b(?:assistant|model|bot|ai|system|must|will)\b/i,
  /\b(?:write|say|output|print|respond|reply|answer|include|insert|add|append|repeat|state|mention|put)\b.{0,60}\b(?:summary|summaries|your (?:answer|output|response|reply)|verbatim|exactly|following (?:text|words|sentence|url|link))\b/i,
  /(?:summari[sz]e|summari[sz]er|summari[sz]ing)\b.{0,60}\b(?:instead|must|as follows|should)/i,
  /^\s*(?:system|assistant|user|developer)\s*:|<\/?(?:system|assistant|user|instructions?)>|\[\/?INST\]|<\|/i,
  /(?:игнорируй|забудь|не обращай внимания)\S*.{0,40}(?:инструкц|указани|правил|предыдущ)|(?:напиши|выведи|ответь|добавь)\S*.{0,50}(?:резюме|сводк|ответ|дословно)|системн\S+ (?:промпт|подсказк|инструкц)/i,
  /(?:지시|명령|프롬프트|규칙).{0,20}(?:무시|잊)|(?:요약|답변)(?:문|에|으로)?.{0,30}(?:쓰시오|작성하(?:라|시오|세요)|출력하|포함하(?:라|시오|세요))|시스템 프롬프트/,
  /(?:指示|命令|プロンプト|ルール).{0,15}(?:無視|忘れ)|(?:要約|回答).{0,20}(?:書いて|出力し|含めて|記載し)|システムプロンプト/,
  /(?:忽略|无视|無視|忘记|忘掉).{0,20}(?:指令|指示|提示|规则|規則|以上|之前)|(?:摘要|回答|总结).{0,20}(?:写上|写入|输出|加入|包含)|系统提示/,
];
