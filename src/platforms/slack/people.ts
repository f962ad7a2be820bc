import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../commands/command.ts';
import type { Locale } from '../../model/digest.ts';
import type { Scope } from '../../model/scope.ts';

/** What the Web API says of one person, kept for a short while. */
interface Person {
  admin: boolean;
  guest: boolean;
  locale: Locale;
  zone: string | null;
}

const KEEP_MS = 60_000;
const KEEP_GROUPS_MS = 5 * 60_000;
/** Nobody of whom Slack says nothing may change anything. */
const STRANGER: Person = { admin: false, guest: true, locale: 'en', zone: null };

export interface People {
  /** @param team the workspace that asks, @param home the person's own, which differs in shared channels */
  actor(ask: { team: string; userId: string; home: string | null; channelId: string | null }): Promise<Actor>;
}

/** Rights come from Slack at each door; one minute is how long a revoked admin may still be one. */
export function createPeople(
  clientOf: (scope: Scope) => Promise<WebClient | null>,
  now: () => number,
): People {
  const people = new Map<string, { person: Person; until: number }>();
  const groups = new Map<string, { ofUser: Map<string, string[]>; until: number }>();

  return {
    async actor({ team, userId, home, channelId }) {
      const scope: Scope = `slack:${team}`;
      const person = await personOf(scope, userId);
      const outside = home !== null && home !== team;
      return {
        platform: 'slack',
        scope,
        userId,
        channelId,
        admin: person.admin && !outside,
        groups: outside ? [] : [userId, ...(await groupsOf(scope, userId))],
        guest: person.guest || outside,
        installed: true,
        locale: person.locale,
      };
    },
  };

  async function personOf(scope: Scope, userId: string): Promise<Person> {
    const key = `${scope}/${userId}`;
    const known = people.get(key);
    if (known && known.until > now()) return known.person;
    const person = await askPerson(scope, userId).catch(() => STRANGER);
    if (person !== STRANGER) people.set(key, { person, until: now() + KEEP_MS });
    if (people.size > 10_000) people.clear();
    return person;
  }

  async function askPerson(scope: Scope, userId: string): Promise<Person> {
    const client = await clientOf(scope);
    const answer = await client?.users.info({ user: userId, include_locale: true });
    const user = answer?.user;
    if (!user) return STRANGER;
    const isStranger = (user as { is_stranger?: boolean }).is_stranger === true;
    return {
      admin: user.is_admin === true || user.is_owner === true || user.is_primary_owner === true,
      guest:
        user.is_restricted === true ||
        user.is_ultra_restricted === true ||
        isStranger ||
        user.deleted === true,
      locale: user.locale?.startsWith('ko') ? 'ko' : user.locale?.startsWith('ru') ? 'ru' : 'en',
      zone: user.tz ?? null,
    };
  }

  async function groupsOf(scope: Scope, userId: string): Promise<string[]> {
    let known = groups.get(scope);
    if (!known || known.until <= now()) {
      const ofUser = new Map<string, string[]>();
      try {
        const answer = await (await clientOf(scope))?.usergroups.list({ include_users: true });
        for (const group of answer?.usergroups ?? [])
          for (const user of group.users ?? []) ofUser.set(user, [...(ofUser.get(user) ?? []), group.id!]);
      } catch {
        // A workspace without user groups, or without the scope: then nobody manages by group.
      }
      known = { ofUser, until: now() + KEEP_GROUPS_MS };
      groups.set(scope, known);
    }
    return known.ofUser.get(userId) ?? [];
  }
}
