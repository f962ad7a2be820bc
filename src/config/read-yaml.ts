import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from '../model/errors.ts';

/**
 * Reads a YAML file by a schema. Every fault is one ConfigError that names the file, the line, the value found
 * and, where the schema's `meta({ examples })` gives one, a valid example.
 */
export function readYaml<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  return parseYaml(file, readText(file), schema);
}

/** As `readYaml`, of a text already read; `file` is only named. */
function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    throw new ConfigError(
      file,
      line,
      `not valid YAML: ${firstLine(broken.message)}`,
      'Check indentation and quotes on that line.',
    );
  }
  const data = document.toJS({ maxAliasCount: 50 }) ?? {};
  const result = schema.safeParse(data);
  if (result.success) return result.data;

  const issue = result.error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
  const where = lineOf(document, path, lines);
  const found = valueAt(data, issue.path);
  const name = path.map(String).join('.') || 'the file';
  const hint = exampleFor(schema, issue.path);
  if (issue.code === 'unrecognized_keys')
    throw new ConfigError(file, where, `unknown key "${name}"`, `${knownKeys(schema, issue.path)}`);
  throw new ConfigError(
    file,
    where,
    `${name}: ${issue.message}${found === undefined ? '' : `, found ${quote(found)}`}`,
    hint === undefined ? undefined : `A valid example: ${String(path.at(-1) ?? '')}: ${quote(hint)}`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const message = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`;
    throw new ConfigError(
      file,
      null,
      message,
      'Check the path; it is relative to the folder tumen is started in.',
    );
  }
}

type Document = ReturnType<typeof parseDocument>;

/** The line of the deepest part of the path that stands in the file. */
function lineOf(document: Document, path: PropertyKey[], lines: LineCounter): number | null {
  for (let length = path.length; length > 0; length--) {
    const keys = path.slice(0, length);
    const parent = length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
    const last = keys.at(-1);
    const pairs = (parent as { items?: unknown[] } | null)?.items ?? [];
    for (const item of pairs) {
      const key = (item as { key?: unknown }).key;
      if (isNode(key) && String((key as { value?: unknown }).value) === String(last) && key.range)
        return lines.linePos(key.range[0]).line;
    }
    const node = document.getIn(keys, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

function valueAt(data: unknown, path: PropertyKey[]): unknown {
  let value = data;
  for (const key of path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key];
  return value;
}

/** Walks the schema along a path; unwraps optional, default and the like. */
function schemaAt(schema: z.ZodType, path: PropertyKey[]): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema;
  for (const key of path) {
    current = unwrap(current);
    const def = (
      current as
        | { def?: { shape?: Record<PropertyKey, z.ZodType>; element?: z.ZodType; valueType?: z.ZodType } }
        | undefined
    )?.def;
    current = def?.shape?.[key] ?? def?.element ?? def?.valueType;
  }
  return current;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema as { def?: { innerType?: z.ZodType; in?: z.ZodType } } | undefined;
  while (current?.def?.innerType || current?.def?.in)
    current = (current.def.innerType ?? current.def.in) as never;
  return current as z.ZodType | undefined;
}

function exampleFor(schema: z.ZodType, path: PropertyKey[]): unknown {
  let at: z.ZodType | undefined = schemaAt(schema, path);
  while (at) {
    const examples = (at.meta?.() as { examples?: unknown[] } | undefined)?.examples;
    if (examples?.length) return examples[0];
    const inner = (at as { def?: { innerType?: z.ZodType; in?: z.ZodType } }).def;
    at = inner?.innerType ?? inner?.in;
  }
  return undefined;
}

function knownKeys(schema: z.ZodType, path: PropertyKey[]): string {
  const shape = (unwrap(schemaAt(schema, path)) as { def?: { shape?: object } } | undefined)?.def?.shape;
  return shape ? `Known keys here: ${Object.keys(shape).join(', ')}.` : 'Remove it.';
}

const quote = (value: unknown) => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
};
const firstLine = (text: string) => text.split('\n')[0]!.replace(/ at line .*$/, '');
