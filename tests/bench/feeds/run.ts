/**
 * `npm run bench:feeds [-- parsing lag bombs round[=N]]`: the feed stage beside its peers.
 * The round is 10,000 feeds unless N says otherwise and takes some minutes.
 */
import { benchBombs, benchLag } from './lag.ts';
import { benchParsing } from './parsing.ts';
import { benchRound } from './round.ts';

const wanted = process.argv.slice(2);
const asked = (name: string) => !wanted.length || wanted.some((word) => word.split('=')[0] === name);
if (asked('parsing')) await section('Parsing', benchParsing);
if (asked('lag')) await section('Main loop', benchLag);
if (asked('bombs')) await section('Bombs', benchBombs);
const size = Number(wanted.find((word) => word.startsWith('round='))?.slice(6) ?? 10_000);
if (asked('round')) await section('A round', () => benchRound(size));

async function section(title: string, run: () => Promise<void>): Promise<void> {
  console.log(`\n${title}`);
  await run();
}
