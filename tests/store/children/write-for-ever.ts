import { openStore } from '../../../src/store/open-store.ts';
import { addSampleFeed, sampleEntry } from '../../fakes/sample-store.ts';

// Ingests polls of 50 entries until it is killed, and says each one that is committed.
const store = await openStore({ file: process.argv[2]! });
const feed = await addSampleFeed(store);
for (let poll = 0; ; poll++) {
  const entries = Array.from({ length: 50 }, (_, i) => sampleEntry(feed, `${process.pid}-${poll}-${i}`));
  await store.articles.ingest(feed.id, entries, poll);
  process.stdout.write('.');
}
