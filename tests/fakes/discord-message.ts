/** What Discord sends along with a press: a message of the bot's, without what it shows. */
export const BOT_MESSAGE = {
  id: '900000000000000009',
  channel_id: '300000000000000001',
  type: 0,
  content: '',
  author: { id: '100000000000000001', username: 'tumen', discriminator: '0', avatar: null, bot: true },
  timestamp: new Date().toISOString(),
  edited_timestamp: null,
  attachments: [],
  embeds: [],
  mentions: [],
  mention_roles: [],
  mention_everyone: false,
  pinned: false,
  tts: false,
};
