import { createHash } from 'node:crypto';
import { contentTerms } from './candidate-sentences.ts';
import { extractSummary, sourceSentences } from './extractive-summarizer.ts';
import { findUngrounded, type Ungrounded } from './grounding.ts';
import { askModel, type LlmEndpoint } from './llm-endpoint.ts';
import type { LlmOutcome, LlmUsage } from './llm-usage.ts';
import { overlap } from './overlap.ts';
import type { Summarizer, Summary, SummaryRequest, SummarySentence } from './summarizer.ts';
import { summaryInstructions, summaryPrompt } from './summary-prompt.ts';
import { createTokenBudget } from './token-budget.ts';

export interface LlmOptions extends LlmEndpoint {
  /** A summary that takes longer is extracted instead, ms. */
  timeoutMs: number;
  /** Tokens read and written on one UTC day at most. */
  tokensPerDay: number;
  count?: (usage: LlmUsage) => void;
  log?: { warn(fields: object, message: string): void };
}

/** Source sentences the model is given: the best of the story. */
const MOST_SOURCES = 24;
const LONGEST_SENTENCE = 400;
/** A sentence that shares this much with one before it says it again. */
const SAME = 0.8;
const MOST_CACHED = 500;
/** After a time-out or a dead endpoint the next stories do not wait for it again, ms. */
const PAUSE = 60_000;

/**
 * Lets a model word the summary from sentences of the documents. What is not in the sentences it
 * cites is dropped; where that leaves too little, or there is no answer in time, the summary is extracted and says so.
 * Never rejects.
 */
export function createLlmSummarizer(options: LlmOptions): Summarizer {
  const cache = new Map<string, Promise<Summary | null>>();
  const budget = createTokenBudget(options.tokensPerDay);
  let pausedUntil = 0;

  return { summarize };

  async function summarize(request: SummaryRequest, signal?: AbortSignal): Promise<Summary> {
    const sources = sourceSentences(request, MOST_SOURCES);
    if (!sources.length) return extractSummary(request);
    const prompt = promptFor(request, sources);
    const key = createHash('sha256')
      .update(`${options.model}\n${prompt.instructions}\n${prompt.prompt}`)
      .digest('hex');
    const known = cache.get(key);
    if (known) options.count?.({ outcome: 'cached', inputTokens: 0, outputTokens: 0, dropped: [] });
    const attempt = known ?? write(request, sources, prompt, signal);
    remember(key, attempt);
    const written = await attempt;
    if (written) return written;
    cache.delete(key);
    return { ...extractSummary(request), method: 'extractive-fallback' };
  }

  function remember(key: string, attempt: Promise<Summary | null>): void {
    cache.delete(key);
    cache.set(key, attempt);
    if (cache.size > MOST_CACHED) cache.delete(cache.keys().next().value!);
  }

  async function write(
    request: SummaryRequest,
    sources: SummarySentence[],
    prompt: { instructions: string; prompt: string },
    signal?: AbortSignal,
  ): Promise<Summary | null> {
    const fail = (outcome: LlmOutcome, usage: Partial<LlmUsage> = {}): null => {
      options.count?.({ inputTokens: 0, outputTokens: 0, dropped: [], ...usage, outcome });
      options.log?.warn({ outcome, dropped: usage.dropped }, 'no summary from the model, extracted instead');
      return null;
    };
    if (performance.now() < pausedUntil) return fail('paused');
    if (!budget.reserve(prompt, request.now)) return fail('over-budget');

    const answer = await askModel(
      options,
      prompt,
      AbortSignal.any([AbortSignal.timeout(options.timeoutMs), ...(signal ? [signal] : [])]),
    );
    budget.spend(prompt, answer, request.now);
    const { inputTokens, outputTokens } = answer;
    if (!answer.sentences) {
      if (answer.outcome === 'timeout' || answer.outcome === 'unreachable')
        pausedUntil = performance.now() + PAUSE;
      return fail(answer.outcome, { inputTokens, outputTokens });
    }
    const { kept, dropped } = keepGrounded(answer.sentences, sources, request);
    const enough = Math.ceil(Math.min(request.sentences, sources.length) / 2);
    if (kept.length < enough) return fail('too-few-grounded', { inputTokens, outputTokens, dropped });
    options.count?.({ outcome: 'ok', inputTokens, outputTokens, dropped });
    return toSummary(kept, sources);
  }
}

interface Written {
  text: string;
  cites: number[];
}

function promptFor(
  request: SummaryRequest,
  sources: SummarySentence[],
): { instructions: string; prompt: string } {
  return {
    instructions: summaryInstructions(request.sentences),
    prompt: summaryPrompt(
      sources.map(({ text, document }) => ({
        text,
        outlet: request.documents[document]!.outlet.name,
      })),
    ),
  };
}

function keepGrounded(
  written: Written[],
  sources: SummarySentence[],
  request: SummaryRequest,
): { kept: Written[]; dropped: Ungrounded[] } {
  const kept: Written[] = [];
  const dropped: Ungrounded[] = [];
  for (const { text: raw, cites } of written) {
    const text = raw.replace(/\s+/g, ' ').trim();
    const cited = [...new Set(cites)].map((id) => sources[id]);
    const known = cited.filter((sentence) => sentence !== undefined);
    const reason =
      known.length < cited.length
        ? 'uncited'
        : text.length > LONGEST_SENTENCE
          ? 'unsupported'
          : findUngrounded(
              text,
              known.map((sentence) => sentence.text),
              request.documents[known[0]?.document ?? 0]!.published,
            );
    if (reason) dropped.push(reason);
    else if (!kept.some((other) => overlap(contentTerms(other.text), contentTerms(text)) >= SAME))
      kept.push({ text, cites: [...new Set(cites)] });
  }
  return { kept: kept.slice(0, request.sentences), dropped };
}

/** Only the cited source sentences stay, in order, and the citations point at them. */
function toSummary(kept: Written[], sources: SummarySentence[]): Summary {
  const cited = [...new Set(kept.flatMap(({ cites }) => cites))].sort((a, b) => a - b);
  return {
    method: 'llm',
    sentences: cited.map((id) => sources[id]!),
    written: kept.map(({ text, cites }) => ({ text, cites: cites.map((id) => cited.indexOf(id)) })),
  };
}
