/**
 * `npm run bench:feeds [-- parsing lag bombs round[=N] limit=M]`: the feed stage beside its peers.
 * The round is 10,000 feeds unless N says otherwise and takes some minutes; one that takes more than M (15) is ended.
 */
import { benchBombs, benchLag } from './lag.ts';
import { benchParsing } from './parsing.ts';
import { benchRound } from './round.ts';

const wanted = process.argv.slice(2);
const names = wanted.filter((word) => !word.startsWith('limit='));
const asked = (name: string) => !names.length || names.some((word) => word.split('=')[0] === name);
const numberOf = (name: string, otherwise: number) =>
  Number(wanted.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? otherwise);
if (asked('parsing')) await section('Parsing', benchParsing);
if (asked('lag')) await section('Main loop', benchLag);
if (asked('bombs')) await section('Bombs', benchBombs);
if (asked('round'))
  await section('A round', () => benchRound(numberOf('round', 10_000), numberOf('limit', 15) * 60_000));

async function section(title: string, run: () => Promise<void>): Promise<void> {
  console.log(`\n${title}`);
  await run();
}
