import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../model/errors.ts';
import { compileTopic, type Topic } from './compile-topic.ts';
import { findConflict } from './find-conflict.ts';
import { topicSchema } from './topic-schema.ts';

/** Reads, checks and compiles a topic file. Throws ConfigError with the line and the reason. */
export async function loadTopic(file: string): Promise<Topic> {
  let source: string;
  try {
    source = await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      file,
      null,
      `the topic file cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      'Check the path in `topics:` of the configuration, or in --topic.',
    );
  }
  return parseTopic(source, file);
}

/** As `loadTopic`, from the file's content. */
export function parseTopic(source: string, file: string): Topic {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) throw new ConfigError(file, broken.linePos?.[0].line ?? null, broken.message.split('\n')[0]!);

  const lineOf = (path: readonly PropertyKey[]): number | null => {
    for (let length = path.length; length > 0; length--) {
      const offset = offsetOf(document, path.slice(0, length));
      if (offset !== null) return lines.linePos(offset).line;
    }
    return null;
  };
  const parsed = topicSchema.safeParse(document.toJS());
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
    throw new ConfigError(file, lineOf(path), wordIssue(issue), 'docs/topics.md explains every key.');
  }
  const conflict = findConflict(parsed.data);
  if (conflict) throw new ConfigError(file, lineOf(conflict.path), conflict.reason, conflict.hint);
  return compileTopic(parsed.data);
}

/** Offset of the key of a path, so that the line named is the one a person looks for. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number | null {
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  const last = path.at(-1);
  const items = (parent as { items?: unknown[] } | null)?.items;
  if (!items) return null;
  const item =
    typeof last === 'number'
      ? items[last]
      : items.find((pair) => (pair as { key?: { value?: unknown } }).key?.value === last);
  const node = ((item as { key?: unknown })?.key ?? item) as { range?: [number, number, number] } | undefined;
  return node?.range?.[0] ?? null;
}

function wordIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.length ? `\`${issue.path.map(String).join('.')}\`: ` : '';
  if (issue.code === 'unrecognized_keys') return `${where}unknown key \`${issue.keys.join('`, `')}\``;
  if (issue.code === 'invalid_key') return `${where}${issue.issues[0]?.message ?? issue.message}`;
  return `${where}${issue.message.replace(/^Invalid input: /, '')}`;
}
