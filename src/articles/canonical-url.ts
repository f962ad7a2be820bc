/** Parameters that say how a reader came, never what is read. */
const TRACKING =
  /^(?:utm_?\w*|at_\w+|ns_\w+|pk_\w+|mtm_\w+|matomo_\w+|hsa_\w+|oly_\w+|vero_\w+|wt[._]\w+|mc_[ce]id|_ga|_gl|_hs\w+|\w*clid|cmpid|cmp|ocid|xtor|itm_\w+|ito|igshid|smid|smtyp|s_cid|sr_share|spm|traffic_source|guce?_?\w*|ftcamp|ftag|soc_src|soc_trk|__twitter_impression|__source|_x_tr_\w+|_openstat|mkt_tok|igsh|dclid|rb_clickid|s_kwcid|ef_id|epik|trk|trkcampaign|ncid|cvid|ref_src|ref_url|ml_subscriber\w*|_branch_\w+|_kx|_ke|srsltid|li_fat_id|vgo_ee|wickedid|mkcid|mkevt|elqtrack\w*|sc_(?:campaign|channel|content|medium|outcome|geo|country)|piwik_\w+|pf_rd_\w+|fb_(?:action_\w+|comment_id|ref|source)|action_\w+_ids|tg_rhash|amp_js_v|amp_gsa|usqp|outputtype|feedtype|rss|from_rss|campaign_id|emc|partner|taid|sref|sh)$/i;
/** Parameters that may mean something, with values that do not. */
const FROM_FEED = /^(?:ref|source|src|from|via|feature|medium|origin|site|mod)$/i;
/** A rendering of the same page. */
const RENDERING = /^(?:output|view|format)$/i;
const FEED_VALUES = /(?:rss|feed|atom|twitter|facebook|telegram|newsletter|share|social|homepage)/i;

/** Sites where the path or query is a route of one page. */
const ROUTE_HASH = /^#!?\//;

/**
 * The address of an article without what differs from reader to reader: tracking parameters, fragment, default port,
 * and the AMP cache in front of it. Null where it is no web address.
 */
export function canonicalUrl(text: string): string | null {
  const url = URL.parse(text.trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  unwrapAmpCache(url);
  url.username = url.password = '';
  if (!ROUTE_HASH.test(url.hash)) url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  // Touching `searchParams` writes the query anew, so only where something goes.
  const parameters = [...url.searchParams];
  const dropped = new Set(
    parameters.filter(([name, value]) => isTracking(name, value)).map(([name]) => name),
  );
  if (dropped.size)
    url.search = new URLSearchParams(parameters.filter(([name]) => !dropped.has(name))).toString();
  return url.href.replace(/(?<!\?)\?+$/, '');
}

/**
 * What two addresses of one article share: no scheme, no `www`, mobile or AMP host, no AMP path, query in order. For
 * comparing only; it leads nowhere.
 */
export function urlKey(text: string): string | null {
  const canonical = canonicalUrl(text);
  if (canonical === null) return null;
  const url = new URL(canonical);
  const host = url.host.replace(/^(?:(?:www\d?|m|mobile|amp|touch)\.)+(?=[^.]+\.)/, '');
  const path = decodePath(url.pathname)
    .replace(/\/(?:amp|amp\.html)\/?$/, '')
    .replace(/^\/amp(?=\/.)/, '')
    .replace(/\.amp(?=\.html?$|$)/, '')
    .replace(/\/index\.(?:html?|php)$/, '')
    .replace(/(?<!\/)\/+$/, '');
  const query = [...url.searchParams]
    .filter(([name, value]) => !(name === 'amp' || (name === 'm' && value === '1')))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  return `${host}${path}${query && `?${query}`}${url.hash}`;
}

/** Whether an address is an aggregator's that cannot be followed to the article, and that has several for one. */
export function leadsNowhere(key: string): boolean {
  return /^news\.google\.[a-z.]+\/(?:rss\/)?(?:articles|read)\//.test(key);
}

/** Whether an address is a site's front page, which tells no articles apart. */
export function isHomePage(key: string): boolean {
  return /^[^/?#]+$/.test(key);
}

function isTracking(name: string, value: string): boolean {
  if (RENDERING.test(name)) return value.toLowerCase() === 'amp';
  return TRACKING.test(name) || (FROM_FEED.test(name) && FEED_VALUES.test(value));
}

/** `www-example-org.cdn.ampproject.org/c/s/www.example.org/a` and `google.com/amp/s/…` hold the address itself. */
function unwrapAmpCache(url: URL): void {
  const cached =
    (url.hostname.endsWith('.cdn.ampproject.org') && /^\/[cvia]\/(?:s\/)?(.+)$/.exec(url.pathname)) ||
    (/^(?:www\.)?google\.[a-z.]+$/.test(url.hostname) && /^\/amp\/(?:s\/)?(.+)$/.exec(url.pathname));
  const inner = cached && URL.parse(`https://${cached[1]}${url.search}`);
  if (inner) url.href = inner.href;
}

function decodePath(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
