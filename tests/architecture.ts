import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** Data flows one way: a stage knows the stages before it. */
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
const before = (name: string) => [...GROUND, 'config', 'net', ...STAGES.slice(0, STAGES.indexOf(name))];

/** What implements a port or joins the stages: known only where the house is put together. */
const JOINED = [
  ...GROUND,
  'config',
  'net',
  ...STAGES,
  'store',
  'commands',
  'platforms',
  'pipeline',
  'status',
];

/** What each room (a folder, or a file beside them) may import besides itself. */
const MAY_IMPORT: Record<string, string[]> = {
  model: [],
  text: ['model'],
  locale: ['model', 'text'],
  config: ['model'],
  net: ['model'],
  store: GROUND,
  ...Object.fromEntries(STAGES.map((name) => [name, before(name)])),
  commands: [...GROUND, ...STAGES],
  platforms: [...GROUND, 'commands'],
  pipeline: [...GROUND, 'config', ...STAGES],
  status: GROUND,
  scheduler: [...GROUND, ...STAGES, 'pipeline', 'status'],
  'core.ts': [...GROUND, 'config', 'store', 'topics', 'summaries'],
  'open-platforms.ts': [...JOINED, 'core.ts'],
  'app.ts': [...JOINED, 'scheduler', 'core.ts', 'open-platforms.ts'],
  demo: [...JOINED, 'core.ts'],
  backtest: [...JOINED, 'core.ts'],
  cli: [...JOINED, 'core.ts', 'open-platforms.ts', 'app.ts', 'demo', 'backtest'],
  'main.ts': ['cli'],
};

/** Ports stand beside their implementations; everybody may know the port. */
const PORTS = ['store/store.ts', 'platforms/platform.ts', 'summaries/summarizer.ts'];

/** Packages that must not leave their room. */
const PACKAGES: { pattern: RegExp; room: string }[] = [
  { pattern: /^(discord\.js|@discordjs)(\/|$)/, room: 'platforms/discord' },
  { pattern: /^@slack\//, room: 'platforms/slack' },
  { pattern: /^(pg|node:sqlite|kysely)$/, room: 'store' },
  { pattern: /^node-cron$/, room: 'scheduler' },
];

/** One import statement: `from` a file of src, `to` another, or a package. Types count. */
export interface Import {
  from: string;
  to: string;
}

/** Every import of the sources in `folder`, paths relative to it. */
export function readImports(folder: string): { files: string[]; imports: Import[] } {
  const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.endsWith('.d.ts'));
  const imports = files.flatMap((from) =>
    specifiersOf(readFileSync(join(folder, from), 'utf8')).map((specifier) => ({
      from,
      to: specifier.startsWith('.') ? relative(folder, resolve(folder, dirname(from), specifier)) : specifier,
    })),
  );
  return { files, imports };
}

/** What a module's text imports or re-exports, statically or by `import()`. */
export function specifiersOf(source: string): string[] {
  const found = source.matchAll(
    /(?:^|[^\w.])(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|^import\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => (match[1] ?? match[2] ?? match[3])!);
}

/** Files that stand in no room of the table. */
export function strangers(files: readonly string[]): string[] {
  return files.filter((file) => !(roomOf(file) in MAY_IMPORT));
}

/** What breaks the import rule, in words. */
export function violations(imports: readonly Import[]): string[] {
  return imports
    .filter(({ from, to }) =>
      isLocal(to) ? !mayImport(from, to) : PACKAGES.some((p) => p.pattern.test(to) && !isIn(from, p.room)),
    )
    .map(({ from, to }) => `${from} must not import ${to}`);
}

function mayImport(from: string, to: string): boolean {
  const [room, other] = [roomOf(from), roomOf(to)];
  if (to === '../package.json' || PORTS.includes(to)) return true;
  if (room === 'platforms') {
    if (other === 'commands') return to === 'commands/command.ts';
    // One platform does not know another; what they share stands beside them.
    const platform = to.split('/')[1]!;
    if (other === 'platforms')
      return (
        !to.startsWith(`platforms/${platform}/`) ||
        isIn(from, `platforms/${platform}`) ||
        isIn(from, 'platforms/preview-html')
      );
  }
  return room === other || (MAY_IMPORT[room]?.includes(other) ?? false);
}

/** Each circle of imports once, `a.ts → b.ts → a.ts`. */
export function cycles(imports: readonly Import[]): string[] {
  const graph = Map.groupBy(
    imports.filter(({ to }) => isLocal(to)),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) {
      found.push([...path.slice(path.indexOf(file)), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const { to } of graph.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}

const isLocal = (to: string) => to.endsWith('.ts') || to.endsWith('.json');
const isIn = (file: string, folder: string) => file.startsWith(`${folder}/`);
const roomOf = (file: string) => file.split('/')[0]!;
