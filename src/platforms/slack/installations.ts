import type { Installation, InstallationStore } from '@slack/bolt';
import { UserError } from '../../model/errors.ts';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { ScopeEvents } from '../platform.ts';
import type { Seal } from './seal.ts';

const PLATFORM = 'slack';

export interface Installations extends InstallationStore {
  tokenOf(scope: Scope): Promise<string | null>;
  /** Opens every stored token once. */
  check(): Promise<void>;
  /** How many do not open with our secret, in words; null where all do. */
  problem(): string | null;
  remove(teamId: string): Promise<void>;
}

/** Workspaces that installed tumen by OAuth, in the database, sealed. */
export function createInstallations(
  settings: Pick<
    Store['settings'],
    'installation' | 'installations' | 'saveInstallation' | 'removeInstallation'
  >,
  seal: Seal,
  events: Pick<ScopeEvents, 'joined'>,
): Installations {
  const opened = new Set<string>();
  const closed = new Set<string>();

  return {
    async storeInstallation(installation) {
      const team = teamOf({ teamId: installation.team?.id, enterpriseId: installation.enterprise?.id });
      await settings.saveInstallation(PLATFORM, team, seal.close(JSON.stringify(installation), team));
      closed.delete(team);
      opened.add(team);
      await events.joined(`slack:${team}`);
    },
    // The type argument says which kind of installation is asked for; we keep what Slack gave.
    async fetchInstallation(query) {
      const found = await read(teamOf(query));
      if (!found) throw new Error('tumen is not installed in this workspace');
      return found as never;
    },
    deleteInstallation: (query) => remove(teamOf(query)),
    tokenOf: async (scope) => (await read(scope.slice('slack:'.length)))?.bot?.token ?? null,
    async check() {
      for (const team of await settings.installations(PLATFORM))
        try {
          await read(team);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
    },
    problem: () =>
      closed.size
        ? `${closed.size} of ${opened.size + closed.size} workspaces do not open with this TUMEN_SECRET`
        : null,
    remove,
  };

  async function read(team: string): Promise<Installation<'v2', boolean> | null> {
    const sealed = await settings.installation(PLATFORM, team);
    opened.delete(team);
    closed.delete(team);
    if (sealed === null) return null;
    try {
      const installation = JSON.parse(seal.open(sealed, team)) as Installation<'v2', boolean>;
      opened.add(team);
      return installation;
    } catch (error) {
      closed.add(team);
      throw error;
    }
  }

  async function remove(team: string): Promise<void> {
    await settings.removeInstallation(PLATFORM, team);
    opened.delete(team);
    closed.delete(team);
  }
}

function teamOf({
  teamId,
  enterpriseId,
}: {
  teamId?: string | undefined;
  enterpriseId?: string | undefined;
}) {
  const team = teamId ?? enterpriseId;
  if (!team) throw new Error('an installation without a workspace');
  return team;
}
