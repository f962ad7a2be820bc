/** How far an outlet's own reporting is trusted when stories are ranked: 1 agency or paper of record, 2 established, 3 the rest. */
export type Tier = 1 | 2 | 3;

/** Who publishes: a feed belongs to one outlet, an outlet may have many feeds. */
export interface Outlet {
  id: number;
  /** Stable key, lower case, unique: `tass`, `yonhap`. Queries say `source:tass`. */
  slug: string;
  name: string;
  domain: string | null;
  /** ISO 3166-1 alpha-2, or null where unknown. */
  country: string | null;
  language: string;
  tier: Tier;
  stateMedia: boolean;
  paywalled: boolean;
}

/** The part of an outlet that judging, grouping and rendering read. */
export type OutletRef = Pick<Outlet, 'slug' | 'name' | 'tier' | 'stateMedia' | 'paywalled'> & {
  country?: string | null;
};

/** The outlet of an article of which only a name is known, as on the command line. */
export function outletFromName(name: string): OutletRef {
  const slug = name
    .toLowerCase()
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return { slug: slug || 'unknown', name, tier: 2, stateMedia: false, paywalled: false };
}
