import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface HistoryMessage {
  messageId: string;
  channelId: string;
  marker: string;
  /** ms UTC. */
  at: number;
}

type Line = HistoryMessage | { removed: string };

/** What was printed and not taken back, in a file of JSON lines that only grows. */
export function openHistory(file: string): {
  /** On disk when it returns. @returns the message's id */
  add(message: Omit<HistoryMessage, 'messageId'>): Promise<string>;
  remove(messageId: string): Promise<void>;
  /** Oldest first. */
  read(): Promise<HistoryMessage[]>;
} {
  return {
    async add(message) {
      const messageId = randomUUID();
      await append({ messageId, ...message });
      return messageId;
    },
    remove: (removed) => append({ removed }),
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const standing = new Map<string, HistoryMessage>();
      for (const line of text.split('\n')) {
        const entry = parse(line);
        if (entry === null) continue;
        if ('removed' in entry) standing.delete(entry.removed);
        else standing.set(entry.messageId, entry);
      }
      return [...standing.values()];
    },
  };

  async function append(line: Line): Promise<void> {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(file, 'a');
    try {
      // A crash may have cut the last line off: the next one starts on a line of its own.
      await handle.write(`\n${JSON.stringify(line)}`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }
}

function parse(line: string): Line | null {
  if (!line) return null;
  try {
    return JSON.parse(line) as Line;
  } catch {
    return null;
  }
}
