export type PlatformName = 'discord' | 'slack' | 'console';

/**
 * Whose data something is: the instance's (serves everybody), or one server's or workspace's.
 * Format `discord:<guild id>`, `slack:<team id>`, `console:local`.
 */
export type Scope = 'instance' | `${PlatformName}:${string}`;

/** What belongs to one person, where a platform's messages to people stand outside of servers and workspaces. */
export function personalScope(platform: PlatformName, userId: string): Scope {
  return `${platform}:user-${userId}`;
}

/** An audience sees the instance's feeds and its own scope's. */
export function audienceOf(scope: Scope): Scope[] {
  return scope === 'instance' ? ['instance'] : ['instance', scope];
}
