import { openStore } from '../../src/store/open-store.ts';
import type { ChatServer } from '../fakes/chat-server.ts';

/** What a lane's channels and database say once everything has come to rest. */
export interface Damage {
  lost: number;
  doubled: number;
  uncertain: number;
  /** Uncertain where the history can be read, or recorded as something that does not stand there. */
  wrongly: number;
  words: string[];
}

/** Compares what is on record with what stands in the channels. */
export async function checkLane(database: string, chat: ChatServer, denied: string[]): Promise<Damage> {
  const damage: Damage = { lost: 0, doubled: 0, uncertain: 0, wrongly: 0, words: [] };
  const store = await openStore({ file: database });
  const destinations = new Map((await store.destinations.list()).map((one) => [one.id, one.target]));
  for (const { id } of await store.deliveries.list({ limit: 1_000_000 })) {
    const delivery = (await store.deliveries.get(id))!;
    const channel = destinations.get(delivery.destinationId)!;
    for (const part of delivery.parts) {
      const standing = chat.messages(channel).filter((message) => carries(message.body, part.marker));
      const where = `${part.marker} in ${channel}: ${part.state}, stands ${standing.length} times`;
      if (standing.length > 1) {
        damage.doubled++;
        damage.words.push(`doubled: ${where}`);
      }
      if (part.state === 'uncertain') {
        damage.uncertain++;
        if (!denied.includes(channel)) {
          damage.wrongly++;
          damage.words.push(`uncertain without reason: ${where}`);
        }
      } else if (standing.length === 0) {
        damage.lost++;
        damage.words.push(`lost: ${where}`);
      } else if (part.state !== 'sent' || !standing.some((message) => message.id === part.messageId)) {
        damage.wrongly++;
        damage.words.push(`wrongly recorded: ${where}`);
      }
    }
  }
  await store.close();
  return damage;
}

/** The marker ends where its string ends: `…:1` does not stand in `…:10`. */
function carries(body: string, marker: string): boolean {
  return body.includes(`${marker}"`) || body.includes(`${marker}\\"`);
}
