import { expect, test } from 'vitest';
import { slackPane } from '../../../src/platforms/preview-html/slack-pane.ts';
import { renderDigest } from '../../../src/platforms/slack/render-digest.ts';
import { sampleDigest } from '../../fixtures/discord/sample-digest.ts';

test('the preview shows what Slack would, with every word of others escaped', () => {
  const digest = sampleDigest({ topic: { slug: 'x', title: '<script>alert(1)</script> & more' } });
  const messages = renderDigest(digest, { marker: () => 'm' }).map(({ payload }) => payload);
  const { html } = slackPane(messages, { locale: 'en', zone: 'UTC', at: digest.at, channel: '<b>' });
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; more');
  expect(html).toContain('Leaders sign treaty with a mutual-defence clause');
  expect(html).not.toContain('&lt;!date^');
});
