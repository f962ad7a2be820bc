import type { Digest } from '../../model/digest.ts';
import { renderDigest as renderDiscord } from '../discord/render-digest.ts';
import { renderDigest as renderSlack } from '../slack/render-digest.ts';
import { discordPane } from './discord-pane.ts';
import { type Pane, previewPage } from './page.ts';
import { slackPane } from './slack-pane.ts';

/** The digest as people will see it in their clients, as one self-contained HTML page. */
export function previewDigest(digest: Digest): string {
  return previewPage(digest.topic.title, digest.locale, digestPanes(digest));
}

function digestPanes(digest: Digest): Pane[] {
  const options = { marker: (index: number) => `preview-${index}` };
  const view = { locale: digest.locale, zone: digest.zone, at: digest.at, channel: digest.topic.slug };
  return [
    discordPane(
      renderDiscord(digest, options).map((message) => message.payload),
      view,
    ),
    slackPane(
      renderSlack(digest, options).map((message) => message.payload),
      view,
    ),
  ];
}
