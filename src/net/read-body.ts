import type { Readable } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from 'node:zlib';
import { HttpProblem } from './http-problem.ts';

export const ACCEPT_ENCODING = 'gzip, br, zstd';

/** A frame may ask for a window of gigabytes: 8 MB is what RFC 9659 lets servers use. */
const ZSTD_WINDOW_LOG = 23;

const DECODERS: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG } }),
};

interface ReadBody {
  body: Uint8Array;
  /** Whether there was more than the cap. */
  isCut: boolean;
}

/**
 * Reads and decodes a body. The cap counts decoded bytes: a bomb is small on the wire.
 * @param cut what lies beyond the cap is left, and no fault
 * @throws HttpProblem `too-large`, `bad-encoding`, `truncated`
 */
export async function readBody(
  body: Readable,
  contentEncoding: string | undefined,
  maxBytes: number,
  cut = false,
): Promise<ReadBody> {
  const encodings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (encodings.length > 1) throw new HttpProblem('bad-encoding', 'the answer is compressed more than once');
  const [encoding] = encodings;
  const create = encoding === undefined ? null : DECODERS[encoding];
  if (create === undefined)
    throw new HttpProblem(
      'bad-encoding',
      `the answer is compressed with ${encoding!.slice(0, 20)}, which is unknown`,
    );
  if (!create) return collect(body, maxBytes, cut);
  const decoder = create();
  // The reader below sees the failure of the source through the decoder.
  body.on('error', (error) => decoder.destroy(error));
  body.pipe(decoder);
  try {
    return await collect(decoder, maxBytes, cut);
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code ?? '');
    if (code === 'Z_BUF_ERROR') throw new HttpProblem('truncated', 'the answer breaks off', error);
    if (/^(Z_|ERR__?(ERROR|BROTLI)|ERR_BROTLI|ZSTD|ERR_ZSTD)/.test(code))
      throw new HttpProblem('bad-encoding', `the answer is not the ${encoding} it says it is`, error);
    throw error;
  } finally {
    body.unpipe(decoder);
    decoder.destroy();
  }
}

async function collect(stream: Readable, maxBytes: number, cut: boolean): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= maxBytes) continue;
    stream.destroy();
    if (!cut)
      throw new HttpProblem('too-large', `the answer is larger than ${Math.round(maxBytes / 2 ** 20)} MB`);
    return { body: Buffer.concat(chunks, size).subarray(0, maxBytes), isCut: true };
  }
  return { body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size), isCut: false };
}
