import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** What each room may import besides itself. Data flows one way: a stage knows the stages before it. */
const STAGES = [
  'feeds',
  'articles',
  'topics',
  'stories',
  'summaries',
  'search',
  'subscriptions',
  'digests',
  'deliveries',
];
const GROUND = ['model', 'text', 'locale'];
const stage = (name: string) => [...GROUND, 'config', 'net', ...STAGES.slice(0, STAGES.indexOf(name))];

const ALL = [
  ...GROUND,
  'config',
  'net',
  'store',
  ...STAGES,
  'commands',
  'platforms',
  'pipeline',
  'status',
  'scheduler',
];

const MAY_IMPORT: Record<string, string[]> = {
  model: [],
  text: ['model'],
  locale: ['model', 'text'],
  config: ['model'],
  net: ['model'],
  store: GROUND,
  ...Object.fromEntries(STAGES.map((name) => [name, stage(name)])),
  commands: [...GROUND, ...STAGES],
  platforms: [...GROUND, 'commands'],
  pipeline: [...GROUND, 'config', ...STAGES],
  status: [...GROUND],
  scheduler: [...GROUND, ...STAGES, 'pipeline', 'status'],
  demo: [...ALL, 'core.ts'],
  backtest: ALL,
  'open-platforms.ts': ALL.concat('core.ts'),
  'app.ts': [
    'open-platforms.ts',
    ...GROUND,
    'config',
    'net',
    'store',
    ...STAGES,
    'commands',
    'platforms',
    'pipeline',
    'scheduler',
  ],
  cli: [
    ...GROUND,
    'config',
    'net',
    'store',
    ...STAGES,
    'commands',
    'platforms',
    'pipeline',
    'scheduler',
    'demo',
    'backtest',
    'app.ts',
    'open-platforms.ts',
  ],
  'main.ts': ['cli', 'app.ts'],
};

/** Ports stand beside their implementations; everybody may know the port. */
const PORTS = ['store/store.ts', 'platforms/platform.ts', 'summaries/summarizer.ts'];

/** Packages that must not leave their room. */
const PACKAGES: { pattern: RegExp; room: string }[] = [
  { pattern: /^(discord\.js|@discordjs\/.*)$/, room: 'platforms/discord' },
  { pattern: /^@slack\//, room: 'platforms/slack' },
  { pattern: /^(pg|node:sqlite|kysely)$/, room: 'store' },
  { pattern: /^node-cron$/, room: 'scheduler' },
];

interface Import {
  from: string;
  to: string;
}

const files = globSync('**/*.ts', { cwd: SRC }).filter((file) => !file.endsWith('.d.ts'));
const imports: Import[] = files.flatMap((from) => {
  const source = readFileSync(join(SRC, from), 'utf8');
  const found = source.matchAll(
    /(?:^|[^\w.])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => {
    const to = (match[1] ?? match[2] ?? match[3])!;
    return { from, to: to.startsWith('.') ? relative(SRC, resolve(SRC, dirname(from), to)) : to };
  });
});
const isLocal = ({ to }: Import) => to.endsWith('.ts') || to.endsWith('.json');
const roomOf = (file: string) => file.split('/')[0]!;

describe('architecture', () => {
  test('every file stands in a known room', () => {
    expect(files.filter((file) => !(roomOf(file) in MAY_IMPORT))).toEqual([]);
  });

  test('imports follow the table', () => {
    const forbidden = imports
      .filter(isLocal)
      .filter(({ from, to }) => roomOf(from) !== roomOf(to) && !PORTS.includes(to))
      .filter(({ from, to }) => !MAY_IMPORT[roomOf(from)]?.includes(roomOf(to)))
      .map(({ from, to }) => `${from} must not import ${to}`);
    expect(forbidden).toEqual([]);
  });

  test('platforms know commands by their types only', () => {
    const forbidden = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'platforms' && roomOf(to) === 'commands' && to !== 'commands/command.ts',
    );
    expect(forbidden).toEqual([]);
  });

  test('one platform does not know another', () => {
    const forbidden = imports.filter(
      ({ from, to }) =>
        /^platforms\/(discord|slack|console)\//.test(from) &&
        /^platforms\/(discord|slack|console)\//.test(to) &&
        from.split('/')[1] !== to.split('/')[1],
    );
    expect(forbidden).toEqual([]);
  });

  test('packages stay in their rooms', () => {
    const forbidden = imports
      .filter(({ from, to }) =>
        PACKAGES.some(({ pattern, room }) => pattern.test(to) && !from.startsWith(`${room}/`)),
      )
      .map(({ from, to }) => `${from} must not import ${to}`);
    expect(forbidden).toEqual([]);
  });

  test('there are no cycles, types counted', () => {
    const graph = Map.groupBy(imports.filter(isLocal), ({ from }) => from);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
        return;
      }
      if (done.has(file)) return;
      for (const { to } of graph.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
