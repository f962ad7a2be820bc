import type { KnownBlock } from '@slack/types';
import { LIMITS } from './limits.ts';
import { textLength } from './rich-text.ts';

/** What must stay together in one message. */
export interface Unit {
  blocks: KnownBlock[];
  stories: number[];
}

/** Room for the continued line and the Coverage row. */
const FRAME = { blocks: 2, text: 400 };

/** Fills messages with units in order. */
export function packUnits(units: readonly Unit[]): Unit[][] {
  const messages: Unit[][] = [];
  let blocks = 0;
  let text = 0;
  for (const unit of units) {
    const length = textLength(unit.blocks);
    const open = messages.at(-1);
    const fits =
      open &&
      blocks + unit.blocks.length + FRAME.blocks <= LIMITS.blocks &&
      text + length + FRAME.text <= LIMITS.messageText;
    if (fits) open.push(unit);
    else messages.push([unit]);
    blocks = (fits ? blocks : 0) + unit.blocks.length;
    text = (fits ? text : 0) + length;
  }
  return messages;
}
