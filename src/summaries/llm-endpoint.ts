import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText, NoObjectGeneratedError, Output } from 'ai';
import type { LlmOutcome } from './llm-usage.ts';
import { WrittenSummary } from './summary-prompt.ts';
import { MOST_OUTPUT_TOKENS } from './token-budget.ts';

/** Any server that speaks the OpenAI protocol, a local one too. */
export interface LlmEndpoint {
  baseUrl: string;
  apiKey: string | null;
  model: string;
}

export interface LlmAnswer {
  outcome: LlmOutcome;
  /** Absent unless the outcome is `ok`. */
  sentences?: { text: string; cites: number[] }[];
  inputTokens: number;
  outputTokens: number;
}

const MOST_BYTES = 1_000_000;

/**
 * Asks once, without tools and without a second try. Never rejects: errors of the SDK hold the whole prompt and the
 * answer's headers, so that they are told as an outcome only.
 */
export async function askModel(
  endpoint: LlmEndpoint,
  prompt: { instructions: string; prompt: string },
  signal: AbortSignal,
): Promise<LlmAnswer> {
  const provider = createOpenAICompatible({
    name: 'llm',
    baseURL: endpoint.baseUrl,
    apiKey: endpoint.apiKey ?? undefined,
    supportsStructuredOutputs: true,
    fetch: fetchCapped,
  });
  const failed = (
    outcome: LlmOutcome,
    usage?: { inputTokens?: number; outputTokens?: number },
  ): LlmAnswer => ({
    outcome,
    inputTokens: usage?.inputTokens ?? 0,
    outputTokens: usage?.outputTokens ?? 0,
  });
  try {
    const result = await untilAborted(
      generateText({
        model: provider(endpoint.model),
        ...prompt,
        output: Output.object({ schema: WrittenSummary, name: 'summary' }),
        temperature: 0,
        maxOutputTokens: MOST_OUTPUT_TOKENS,
        maxRetries: 0,
        abortSignal: signal,
      }),
      signal,
    );
    if (result.finishReason === 'content-filter') return failed('refused', result.usage);
    const { inputTokens = 0, outputTokens = 0 } = result.usage;
    return { outcome: 'ok', sentences: result.output.sentences, inputTokens, outputTokens };
  } catch (error) {
    if (signal.aborted) return failed('timeout');
    if (NoObjectGeneratedError.isInstance(error))
      return failed(
        error.finishReason === 'content-filter' || !error.text?.includes('{') ? 'refused' : 'bad-answer',
        error.usage,
      );
    return failed(isAnswer(error) ? 'bad-answer' : 'unreachable');
  }
}

/** Ends with the signal even where something below does not listen to it. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** A body arrived but was not what the protocol says. */
function isAnswer(error: unknown): boolean {
  const status = (error as { statusCode?: number } | null)?.statusCode;
  return status === undefined ? error instanceof Error && error.name.startsWith('AI_') : status < 300;
}

/** No redirect: it could carry the key elsewhere. No endless body. */
async function fetchCapped(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, redirect: 'error' });
  let bytes = 0;
  const cap = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) controller.error(new Error('the answer is too long'));
      else controller.enqueue(chunk);
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body?.pipeThrough(cap) ?? null, { status, statusText, headers });
}
