import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../commands/command.ts';
import type { Locale } from '../../model/digest.ts';
import type { Scope } from '../../model/scope.ts';

/** What the Web API says of one person, kept for a short while. */
interface Person {
  admin: boolean;
  guest: boolean;
  locale: Locale;
  /** Workspaces the person belongs to; empty where Slack does not say. */
  teams: string[];
}

const KEEP_MS = 60_000;
const KEEP_GROUPS_MS = 5 * 60_000;
const MOST_PEOPLE = 10_000;
/** Nobody of whom Slack says nothing may change anything. */
const STRANGER: Person = { admin: false, guest: true, locale: 'en', teams: [] };

export interface People {
  /** @param team the workspace that asks, @param home the person's own, which differs in shared channels */
  actor(ask: { team: string; userId: string; home: string | null; channelId: string | null }): Promise<Actor>;
}

/** Rights come from Slack at each door; one minute is how long a revoked admin may still be one. */
export function createPeople(
  clientOf: (scope: Scope) => Promise<WebClient | null>,
  now: () => number,
): People {
  const people = new Map<string, { person: Promise<Person>; until: number }>();
  const groups = new Map<string, { ofUser: Promise<Map<string, string[]>>; until: number }>();

  return {
    async actor({ team, userId, home, channelId }) {
      const scope: Scope = `slack:${team}`;
      const [person, ofUser] = await Promise.all([personOf(scope, userId), groupsOf(scope)]);
      const homes = person.teams.length || home === null ? person.teams : [home];
      const isOutside = homes.length > 0 && !homes.includes(team);
      const isGuest = person.guest || isOutside;
      return {
        platform: 'slack',
        scope,
        userId,
        channelId,
        admin: person.admin && !isGuest,
        // Managers are named as people or as groups.
        groups: isGuest ? [] : [userId, ...(ofUser.get(userId) ?? [])],
        guest: isGuest,
        installed: true,
        locale: person.locale,
      };
    },
  };

  function personOf(scope: Scope, userId: string): Promise<Person> {
    const key = `${scope}/${userId}`;
    const known = people.get(key);
    if (known && known.until > now()) return known.person;
    const person = askPerson(scope, userId).catch(() => {
      people.delete(key);
      return STRANGER;
    });
    if (people.size >= MOST_PEOPLE) people.clear();
    people.set(key, { person, until: now() + KEEP_MS });
    return person;
  }

  async function askPerson(scope: Scope, userId: string): Promise<Person> {
    const client = await clientOf(scope);
    const answer = await client?.users.info({ user: userId, include_locale: true });
    const user = answer?.user;
    if (!user) throw new Error('Slack does not say who this is');
    const { is_stranger: isStranger } = user as { is_stranger?: boolean };
    return {
      admin: user.is_admin === true || user.is_owner === true || user.is_primary_owner === true,
      guest:
        user.is_restricted === true ||
        user.is_ultra_restricted === true ||
        user.deleted === true ||
        isStranger === true,
      locale: user.locale?.startsWith('ko') ? 'ko' : user.locale?.startsWith('ru') ? 'ru' : 'en',
      teams: [...(user.team_id ? [user.team_id] : []), ...(user.enterprise_user?.teams ?? [])],
    };
  }

  function groupsOf(scope: Scope): Promise<Map<string, string[]>> {
    const known = groups.get(scope);
    if (known && known.until > now()) return known.ofUser;
    // A workspace without user groups, or without the scope: then nobody manages by group.
    const ofUser = askGroups(scope).catch(() => new Map<string, string[]>());
    groups.set(scope, { ofUser, until: now() + KEEP_GROUPS_MS });
    return ofUser;
  }

  async function askGroups(scope: Scope): Promise<Map<string, string[]>> {
    const ofUser = new Map<string, string[]>();
    const answer = await (await clientOf(scope))?.usergroups.list({ include_users: true });
    for (const { id, users } of answer?.usergroups ?? [])
      for (const user of users ?? []) ofUser.set(user, [...(ofUser.get(user) ?? []), id!]);
    return ofUser;
  }
}
