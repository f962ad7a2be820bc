/**
 * What Slack accepts, from its Block Kit reference (docs.slack.dev/reference/block-kit) and, where it is silent, from
 * what it refuses. Texts are counted in UTF-16 units, which are never fewer than the characters that Slack counts.
 */
export const LIMITS = {
  blocks: 50,
  viewBlocks: 100,
  header: 150,
  section: 3000,
  field: 2000,
  fields: 10,
  contextElements: 10,
  actions: 25,
  buttonText: 75,
  buttonValue: 2000,
  actionId: 255,
  blockId: 255,
  /** All text of one message together: undocumented, refused near 13,200 (`msg_too_long`). */
  messageText: 12_000,
  /** Fallback text. */
  text: 4000,
  optionText: 75,
  optionValue: 150,
  options: 100,
  modalTitle: 24,
  label: 2000,
  input: 3000,
  placeholder: 150,
  privateMetadata: 3000,
  /** Of our own: longest address and domain that a link shows, so that six sources of a story fit into a message. */
  link: 600,
  domain: 100,
} as const;
