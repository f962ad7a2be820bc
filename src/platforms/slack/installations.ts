import type { Installation, InstallationQuery, InstallationStore } from '@slack/bolt';
import type { Scope } from '../../model/scope.ts';
import type { Store } from '../../store/store.ts';
import type { Seal } from './seal.ts';

const PLATFORM = 'slack';

export interface Installations extends InstallationStore {
  tokenOf(scope: Scope): Promise<string | null>;
  remove(teamId: string): Promise<void>;
}

/** Workspaces that installed tumen by OAuth, in the database, sealed. */
export function createInstallations(settings: Store['settings'], seal: Seal): Installations {
  return {
    async storeInstallation(installation) {
      const team = installation.team?.id ?? installation.enterprise?.id;
      if (!team) throw new Error('an installation without a workspace');
      await settings.saveInstallation(PLATFORM, team, seal.close(JSON.stringify(installation), team));
    },
    async fetchInstallation(query: InstallationQuery<boolean>) {
      const team = query.teamId ?? query.enterpriseId;
      const found = team ? await read(team) : null;
      if (!found) throw new Error('not installed in this workspace');
      return found;
    },
    async deleteInstallation(query) {
      const team = query.teamId ?? query.enterpriseId;
      if (team) await settings.removeInstallation(PLATFORM, team);
    },
    tokenOf: async (scope) => (await read(scope.slice('slack:'.length)))?.bot?.token ?? null,
    remove: (teamId) => settings.removeInstallation(PLATFORM, teamId),
  };

  async function read(team: string): Promise<Installation<'v2', boolean> | null> {
    const sealed = await settings.installation(PLATFORM, team);
    return sealed === null ? null : (JSON.parse(seal.open(sealed, team)) as Installation<'v2', boolean>);
  }
}
