import { Counter, type Registry } from 'prom-client';
import type { Ungrounded } from './grounding.ts';

/** Why there was no model's summary, or that there was. */
export type LlmOutcome =
  | 'ok'
  | 'cached'
  | 'timeout'
  | 'refused'
  | 'bad-answer'
  | 'unreachable'
  | 'over-budget'
  | 'paused'
  | 'too-few-grounded';

/** One request for a summary. */
export interface LlmUsage {
  outcome: LlmOutcome;
  inputTokens: number;
  outputTokens: number;
  /** Sentences left out, by what was not in their sources. */
  dropped: Ungrounded[];
}

/** Price of a million tokens, in the operator's currency. */
export interface LlmPrice {
  input: number;
  output: number;
}

/** Counters of calls, tokens, dropped sentences and cost. @returns what to hand to the summarizer as `count` */
export function createLlmCounters(registry: Registry, price: LlmPrice): (usage: LlmUsage) => void {
  const registers = [registry];
  const calls = new Counter({
    name: 'tumen_llm_summaries_total',
    help: 'Summaries asked of the model, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const tokens = new Counter({
    name: 'tumen_llm_tokens_total',
    help: 'Tokens the model read and wrote',
    labelNames: ['direction'],
    registers,
  });
  const dropped = new Counter({
    name: 'tumen_llm_sentences_dropped_total',
    help: 'Sentences of the model that were not published, by what was not in their sources',
    labelNames: ['reason'],
    registers,
  });
  const cost = new Counter({
    name: 'tumen_llm_cost_total',
    help: 'Cost of the tokens at the configured price',
    registers,
  });
  return (usage) => {
    calls.inc({ outcome: usage.outcome });
    tokens.inc({ direction: 'input' }, usage.inputTokens);
    tokens.inc({ direction: 'output' }, usage.outputTokens);
    cost.inc((usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6);
    for (const reason of usage.dropped) dropped.inc({ reason });
  };
}
