import type { Installation, InstallationStore } from '@slack/bolt';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { ScopeEvents } from '../platform.ts';
import type { Seal } from './seal.ts';

const PLATFORM = 'slack';

export interface Installations extends InstallationStore {
  tokenOf(scope: Scope): Promise<string | null>;
  remove(teamId: string): Promise<void>;
}

/** Workspaces that installed tumen by OAuth, in the database, sealed. */
export function createInstallations(
  settings: Pick<Store['settings'], 'installation' | 'saveInstallation' | 'removeInstallation'>,
  seal: Seal,
  events: Pick<ScopeEvents, 'joined'>,
): Installations {
  return {
    async storeInstallation(installation) {
      const team = teamOf({ teamId: installation.team?.id, enterpriseId: installation.enterprise?.id });
      await settings.saveInstallation(PLATFORM, team, seal.close(JSON.stringify(installation), team));
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
    remove,
  };

  async function read(team: string): Promise<Installation<'v2', boolean> | null> {
    const sealed = await settings.installation(PLATFORM, team);
    return sealed === null ? null : (JSON.parse(seal.open(sealed, team)) as Installation<'v2', boolean>);
  }

  async function remove(team: string): Promise<void> {
    await settings.removeInstallation(PLATFORM, team);
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
