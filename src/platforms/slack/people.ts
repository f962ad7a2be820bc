import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../commands/command.ts';
import type { Locale } from '../../model/digest.ts';
import type { Scope } from '../../model/scope.ts';

/** What the Web API says of one person, kept for a short while. */
interface Person {
  admin: boolean;
  guest: boolean;
  locale: Locale;
  /** IANA time zone. */
  zone: string | null;
  /** Workspaces the person belongs to; empty where Slack does not say. */
  teams: string[];
}

const KEEP_MS = 60_000;
const KEEP_GROUPS_MS = 5 * 60_000;
const MOST_PEOPLE = 10_000;
/** Nobody of whom Slack says nothing may change anything. */
const STRANGER: Person = { admin: false, guest: true, locale: 'en', zone: null, teams: [] };
/** Answers that are an answer: this person is nobody here. */
const NOBODY = new Set(['user_not_found', 'user_not_visible']);

/** Who does something in Slack. */
export interface SlackActor extends Actor {
  /** Slack did not say just now who this is: taken for a guest, and told so. */
  unsure?: true;
}

export interface People {
  /** @param team the workspace that asks, @param home the person's own, which differs in shared channels */
  actor(ask: {
    team: string;
    userId: string;
    home: string | null;
    channelId: string | null;
  }): Promise<SlackActor>;
  /** User groups of a workspace; none where Slack does not say. */
  groups(scope: Scope): Promise<UserGroup[]>;
}

export interface UserGroup {
  id: string;
  /** `desk` of `@desk`. */
  handle: string;
  name: string;
}

/** What is known of a workspace's groups. */
interface Groups {
  all: UserGroup[];
  ofUser: Map<string, string[]>;
}

/** Rights come from Slack at each door; one minute is how long a revoked admin may still be one. */
export function createPeople(
  clientOf: (scope: Scope) => Promise<WebClient | null>,
  now: () => number,
): People {
  const people = new Map<string, { person: Promise<Person | null>; until: number }>();
  const groups = new Map<string, { found: Promise<Groups | null>; until: number }>();

  return {
    async actor({ team, userId, home, channelId }) {
      const scope: Scope = `slack:${team}`;
      const [known, found] = await Promise.all([personOf(scope, userId), groupsOf(scope)]);
      const person = known ?? STRANGER;
      const homes = person.teams.length || home === null ? person.teams : [home];
      const isOutside = homes.length > 0 && !homes.includes(team);
      const isGuest = person.guest || isOutside;
      return {
        platform: 'slack',
        scope,
        userId,
        channelId: channelId?.startsWith('D') ? null : channelId,
        admin: person.admin && !isGuest,
        // Managers are named as people or as groups.
        groups: isGuest ? [] : [userId, ...(found?.ofUser.get(userId) ?? [])],
        guest: isGuest,
        installed: true,
        locale: person.locale,
        ...(person.zone ? { zone: person.zone } : {}),
        // A member whose groups are not known may be a manager.
        ...(known === null || (found === null && !isGuest && !person.admin) ? { unsure: true as const } : {}),
      };
    },
    groups: async (scope) => (await groupsOf(scope))?.all ?? [],
  };

  /** Null where Slack does not say. */
  function personOf(scope: Scope, userId: string): Promise<Person | null> {
    const key = `${scope}/${userId}`;
    const known = people.get(key);
    if (known && known.until > now()) return known.person;
    const person = askPerson(scope, userId).catch((error) => {
      if (NOBODY.has(errorName(error))) return STRANGER;
      people.delete(key);
      return null;
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
      zone: user.tz ?? null,
      teams: [...(user.team_id ? [user.team_id] : []), ...(user.enterprise_user?.teams ?? [])],
    };
  }

  /** Null where Slack does not say. */
  function groupsOf(scope: Scope): Promise<Groups | null> {
    const known = groups.get(scope);
    if (known && known.until > now()) return known.found;
    const found = askGroups(scope).catch((error) => {
      // A workspace without user groups, or without the scope: then nobody manages by group.
      if (NO_GROUPS.has(errorName(error))) return { all: [], ofUser: new Map<string, string[]>() };
      groups.delete(scope);
      return null;
    });
    groups.set(scope, { found, until: now() + KEEP_GROUPS_MS });
    return found;
  }

  async function askGroups(scope: Scope): Promise<Groups> {
    const ofUser = new Map<string, string[]>();
    const answer = await (await clientOf(scope))?.usergroups.list({ include_users: true });
    const all = (answer?.usergroups ?? []).map(({ id, handle, name, users }) => {
      for (const user of users ?? []) ofUser.set(user, [...(ofUser.get(user) ?? []), id!]);
      return { id: id!, handle: handle ?? id!, name: name ?? '' };
    });
    return { all, ofUser };
  }
}

const NO_GROUPS = new Set([
  'missing_scope',
  'paid_teams_only',
  'plan_upgrade_required',
  'feature_not_enabled',
]);

function errorName(error: unknown): string {
  return (error as { data?: { error?: string } }).data?.error ?? '';
}
