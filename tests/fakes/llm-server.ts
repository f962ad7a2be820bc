import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A source sentence as the prompt lists it. */
interface PromptSource {
  id: number;
  outlet: string;
  text: string;
}

export interface LlmRequest {
  authorization: string | undefined;
  /** The parsed body of the call. */
  body: { model: string; messages: { role: string; content: string }[]; tools?: unknown[] };
  sources: PromptSource[];
}

/** What the model does: answer with sentences, with any other text, with a raw body, with a status, or not at all. */
export type LlmBehaviour =
  | { sentences: { text: string; cites: number[] }[] }
  | { content: string | null; finish?: string }
  | { raw: string }
  | { status: number }
  | 'stall'
  | 'stall-in-body'
  | 'endless';

export interface LlmServer {
  /** With `/v1`. */
  url: string;
  requests: LlmRequest[];
  close(): Promise<void>;
}

/** An endpoint that speaks the OpenAI chat protocol on loopback. */
export async function startLlmServer(behave: (request: LlmRequest) => LlmBehaviour): Promise<LlmServer> {
  const requests: LlmRequest[] = [];
  const server = createServer(async (message, response) => {
    const request = await readRequest(message);
    requests.push(request);
    answer(behave(request), response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readRequest(message: IncomingMessage): Promise<LlmRequest> {
  let text = '';
  for await (const chunk of message) text += chunk;
  const body: LlmRequest['body'] = JSON.parse(text);
  const user = body.messages.find(({ role }) => role === 'user')!;
  const content: unknown = user.content;
  const prompt = typeof content === 'string' ? content : (content as { text: string }[])[0]!.text;
  return { authorization: message.headers.authorization, body, sources: JSON.parse(prompt) };
}

function answer(behaviour: LlmBehaviour, response: ServerResponse): void {
  if (behaviour === 'stall') return;
  if (typeof behaviour === 'object' && 'status' in behaviour) {
    response.writeHead(behaviour.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message: 'no', type: 'error' } }));
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  if (behaviour === 'stall-in-body') {
    response.write('{"id":"1","choices":[');
  } else if (behaviour === 'endless') {
    const chunk = `"${'x'.repeat(65_536)}",`;
    const more = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  } else if ('raw' in behaviour) {
    response.end(behaviour.raw);
  } else {
    const content = 'content' in behaviour ? behaviour.content : JSON.stringify(behaviour);
    const finish = 'content' in behaviour ? (behaviour.finish ?? 'stop') : 'stop';
    response.end(
      JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1,
        model: 'stub',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }],
        usage: { prompt_tokens: 400, completion_tokens: 60, total_tokens: 460 },
      }),
    );
  }
}
