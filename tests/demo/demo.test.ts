import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What a person waits for at most on an idle machine, ms. */
const LONGEST = 15_000;

let folder: string;
let page: string;
let stdout = '';
let stderr = '';
let code: number;
let ms: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tumen-demo-test-'));
  page = join(folder, 'demo.html');
  const started = performance.now();
  // No variable of ours: the demo needs none, and a token in the environment must not matter.
  const env = { PATH: process.env.PATH!, NO_COLOR: '1', DISCORD_TOKEN: 'not-a-token' };
  const child = spawn(process.execPath, ['src/main.ts', 'demo', '--html', page], { env });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  [code] = await once(child, 'close');
  ms = performance.now() - started;
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const digests = () => stdout.split(/^(?=Russia–North Korea · )/m);

describe('the demo', () => {
  it('ends by itself with 0, soon', () => {
    expect({ code, stderr }).toMatchObject({ code: 0 });
    // On a machine that others keep busy it gets its share only.
    expect(ms).toBeLessThan(LONGEST * Math.max(1, loadavg()[0]! / availableParallelism()));
  });

  it('prints three digests, the first with stories in sections', () => {
    expect(digests()).toHaveLength(3);
    const [first] = digests();
    expect(first).toMatch(/^Russia–North Korea · Thu 20 Jun 2024, 08:00 KST · last 24 h\n/);
    expect(first!.match(/^ NEW /gm)!.length).toBeGreaterThanOrEqual(5);
    expect(first).not.toMatch(/^ (UPDATED|CORRECTED) /m);
    expect(first).toMatch(/^TREATY AND ALLIANCE$/m);
  });

  it('prints in the second what is new or changed, and no more', () => {
    const second = digests()[1]!;
    expect(second).toMatch(/^ NEW /m);
    const changed = second
      .split(/^(?= (?:NEW|UPDATED|CORRECTED) )/m)
      .filter((story) => /^ (UPDATED|CORRECTED)/.test(story));
    expect(changed.length).toBeGreaterThan(0);
    // What has changed stands under the headline, or the badge would be a claim.
    for (const story of changed) expect(story).toMatch(/^ +[+~] /m);
  });

  it('prints in the third nothing but the coverage', () => {
    const third = digests()[2]!;
    expect(third).not.toMatch(/^ (NEW|UPDATED|CORRECTED) /m);
    expect(third).toMatch(/^3 articles → 0 stories · 11 of 12 feeds read/m);
    expect(third).toContain('Nothing new on this topic.');
  });

  it('names the feed that failed and the one that fell silent every day', () => {
    for (const digest of digests()) {
      const coverage = digest.replaceAll('\n', ' ');
      expect(coverage).toMatch(/\(failing: Sample Wall; silent: Sample Silent/);
    }
  });

  it('prints no escape sequence under NO_COLOR, and no line wider than a terminal', () => {
    expect(stdout).not.toContain('\u001b');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  it('cites by numbers that each story explains', () => {
    const stories = stdout.split(/^(?= (?:NEW|UPDATED|CORRECTED) )/m).slice(1);
    for (const story of stories) {
      const [told, listed] = story.split(/first seen .+/);
      const numbers = (text: string) => [...text.matchAll(/\[(\d+)\]/g)].map((match) => match[1]);
      expect(numbers(told!).length).toBeGreaterThan(0);
      expect(numbers(listed!)).toEqual(expect.arrayContaining(numbers(told!)));
    }
  });

  it('writes a page that stands on its own', () => {
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).toContain('Putin and Kim sign partnership treaty');
    expect(html).not.toMatch(/<script|<link[^>]+stylesheet|<img[^>]+src=["']?http|@import|url\(["']?http/i);
    expect(stderr).toContain(page);
  });
});
