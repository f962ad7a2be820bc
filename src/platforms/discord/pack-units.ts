import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIContainerComponent,
  ComponentType,
} from 'discord-api-types/v10';
import { LIMITS } from './limits.ts';

/** What must stay together in one message: a text with the buttons that belong to it. */
export interface Unit {
  text: string;
  buttons: APIButtonComponentWithCustomId[];
  /** A thin line above, unless the unit opens its message. */
  divider?: boolean;
  /** Stories the unit shows. */
  stories: number[];
}

/** Room that every message keeps for its frame: container, heading, closing row. */
export interface Frame {
  components: number;
  text: number;
}

/** Fills messages in order, each within Discord's limits, and never parts a unit. */
export function packUnits(units: readonly Unit[], frame: Frame): Unit[][] {
  const messages: Unit[][] = [];
  let components = 0;
  let text = 0;
  for (const unit of units) {
    const open = messages.at(-1);
    const size = componentsOf(unit) + (open?.length && unit.divider ? 1 : 0);
    const fits =
      open &&
      components + size + frame.components <= LIMITS.components &&
      text + unit.text.length + frame.text <= LIMITS.text;
    if (fits) {
      open.push(unit);
      components += size;
      text += unit.text.length;
    } else {
      messages.push([unit]);
      components = componentsOf(unit);
      text = unit.text.length;
    }
  }
  return messages;
}

/** The components of one message's units, as they stand in its container. */
export function drawUnits(units: readonly Unit[]): APIComponentInContainer[] {
  return units.flatMap((unit, index) => [
    ...(unit.divider && index > 0
      ? [{ type: ComponentType.Separator as const, divider: true, spacing: 1 as const }]
      : []),
    ...(unit.text ? [{ type: ComponentType.TextDisplay as const, content: unit.text }] : []),
    ...buttonRows(unit.buttons),
  ]);
}

export function buttonRows(buttons: readonly APIButtonComponentWithCustomId[]): APIComponentInContainer[] {
  const rows: APIComponentInContainer[] = [];
  for (let i = 0; i < buttons.length; i += LIMITS.buttonsInRow)
    rows.push({ type: ComponentType.ActionRow, components: buttons.slice(i, i + LIMITS.buttonsInRow) });
  return rows;
}

export function container(
  components: APIComponentInContainer[],
  color: number | null,
): APIContainerComponent {
  return {
    type: ComponentType.Container,
    ...(color === null ? {} : { accent_color: color }),
    components,
  };
}

function componentsOf(unit: Unit): number {
  return (unit.text ? 1 : 0) + Math.ceil(unit.buttons.length / LIMITS.buttonsInRow) + unit.buttons.length;
}
