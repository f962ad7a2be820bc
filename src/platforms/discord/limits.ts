/**
 * What Discord accepts, from its reference (discord.com/developers/docs): messages, components, interactions.
 * Texts are counted in UTF-16 units, which are never fewer than the code points that Discord counts.
 */
export const LIMITS = {
  /** Components in one message, nested ones counted. */
  components: 40,
  /** Characters of all text displays of one message together. */
  text: 4000,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  commandName: 32,
  description: 100,
  choices: 25,
  choice: 100,
  modalTitle: 45,
  modalComponents: 5,
  labelText: 45,
  labelDescription: 100,
  textInput: 4000,
  placeholder: 100,
  forumTitle: 100,
  forumTags: 5,
  nonce: 25,
  /** Where a bot may upload without boosts, bytes. */
  file: 10 * 1024 * 1024,
} as const;

/** A first answer has 3 s; what takes longer than this is deferred, so that the answer to a person comes at once. */
export const DEFER_AFTER_MS = 100;
/** An interaction's token works for 15 minutes; we stop a little before. */
export const INTERACTION_LIFE_MS = 14 * 60_000;
