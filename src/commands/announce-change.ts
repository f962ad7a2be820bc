import { auditLine } from '../locale/audit-words.ts';
import type { Scope } from '../model/scope.ts';
import type { Publisher } from '../platforms/platform.ts';
import type { Store } from '../store/store.ts';
import type { DispatchDeps } from './dispatch.ts';

/** Tells a change in the channel that a server has set for it, in the server's language, and by whom it was. */
export function announceTo(
  settings: Pick<Store['settings'], 'get'>,
  publisherOf: (scope: Scope) => Publisher | undefined,
): NonNullable<DispatchDeps['announce']> {
  return async (entry, channelId) => {
    const { scope, who, action } = entry;
    const locale = (await settings.get(scope))?.locale ?? 'en';
    const { text, by } = auditLine(locale, entry);
    const named = { words: by, person: who };
    const notice = { kind: 'notice' as const, code: 'audit', title: `/${action}`, text, by: named };
    await publisherOf(scope)?.announce?.(scope, channelId, notice);
  };
}
