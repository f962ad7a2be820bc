// Writes the JSON schemas by which editors check config/**/*.yaml: npm run schemas
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { configSchema, feedsSchema } from '../src/config/schema.ts';
import { topicSchema } from '../src/topics/topic-schema.ts';

/** Drawn from the zod schemas that read the files, so that an editor and tumen never disagree. */
export const EDITOR_SCHEMAS: Record<string, string> = {
  'config/tumen.schema.json': draw('tumen configuration', configSchema),
  'config/feeds.schema.json': draw('tumen feeds', feedsSchema),
  'config/topics/topic.schema.json': draw('tumen topic', topicSchema),
};

function draw(title: string, schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `${JSON.stringify({ title, ...json }, null, 2)}\n`;
}

if (import.meta.main) for (const [file, text] of Object.entries(EDITOR_SCHEMAS)) writeFileSync(file, text);
