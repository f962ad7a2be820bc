import { parseArgs } from 'node:util';
import { postgresBinaries } from '../fakes/postgres.ts';
import { pauseInstances } from './pause-instances.ts';

const { values } = parseArgs({
  options: { pauses: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});

if (!postgresBinaries()) console.log('skipped: Postgres is not installed');
else {
  const { pauses, lost, doubled, met, mended, words } = await pauseInstances(
    Number(values.pauses),
    Number(values.seed),
  );
  for (const word of words) console.error(word);
  console.log(`the window that no fence closes was met ${met} times and mended ${mended} times`);
  console.log(`pauses ${pauses} lost ${lost} doubled ${doubled}`);
  process.exitCode = lost || doubled ? 1 : 0;
}
