import { DiscordServer, MEMBER_PERMISSIONS } from '../fakes/discord-server.ts';
import { servePeople } from './people.ts';

const discord = await DiscordServer.start();
const CHANNEL = '300000000000000001';

await servePeople(
  discord.apiUrl,
  async ({ path, options, completes }, person) => {
    const user = String(400000000000000000n + BigInt(person));
    const ask = { user, channel: CHANNEL, permissions: MEMBER_PERMISSIONS };
    const asked = completes
      ? discord.autocomplete(path, completes, String(options[completes]), ask)
      : discord.command(path, options, ask);
    await discord.answered(asked, 20_000);
    return { first: asked.firstAfter!, full: asked.fullAfter!, text: JSON.stringify(asked.messages) };
  },
  () => discord.violations,
);
