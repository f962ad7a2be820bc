import type { Digest } from '../../model/digest.ts';
import { renderDigest } from '../discord/render-digest.ts';
import { discordPane } from './discord-pane.ts';
import { previewPage } from './page.ts';

/** The digest as people will see it in their client, as one self-contained HTML page. */
export function previewDigest(digest: Digest): string {
  const messages = renderDigest(digest, { marker: (index) => `preview-${index}` });
  const view = { locale: digest.locale, zone: digest.zone, at: digest.at, channel: digest.topic.slug };
  return previewPage(digest.topic.title, digest.locale, [
    discordPane(
      messages.map((message) => message.payload),
      view,
    ),
  ]);
}
