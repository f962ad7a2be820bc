import { Readable, Writable } from 'node:stream';
import { runCli } from '../../src/cli/program.ts';

export interface Ran {
  code: number;
  stdout: string;
  stderr: string;
  /** The lines of stdout as JSON. */
  lines(): Record<string, unknown>[];
}

/** Runs one verb as the command line does, streams and environment being ours. */
export async function run(argv: string[], stdin = '', env: Record<string, string> = {}): Promise<Ran> {
  const out = collector();
  const err = collector();
  const code = await runCli(argv, {
    stdin: Readable.from([stdin]),
    stdout: out.stream,
    stderr: err.stream,
    env,
    signal: new AbortController().signal,
  });
  const stdout = out.text();
  return {
    code,
    stdout,
    stderr: err.text(),
    lines: () =>
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
  };
}

function collector() {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}
