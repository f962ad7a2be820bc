import type { Migration } from './migration.ts';

/** In their own messages people see what they subscribed to in any server: found without reading everybody's. */
export const byOwner: Migration = {
  version: 7,
  name: 'by-owner',
  up: () => ['create index subscriptions_owner on subscriptions (owner)'],
};
