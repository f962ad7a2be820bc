import { decodeCustomId } from './custom-id.ts';

/** A story that a message of ours shows, with the headline as it stands there. */
export interface MessageStory {
  story: string;
  headline: string;
}

interface Component {
  content?: string;
  custom_id?: string;
  components?: Component[];
}

/** The stories of a message, read from its buttons; the headline is the bold text above them. */
export function storiesOfMessage(components: unknown): MessageStory[] {
  const stories = new Map<string, string>();
  let above = '';
  const visit = (list: Component[]) => {
    for (const component of list) {
      if (component.content) above = component.content;
      const story = component.custom_id && decodeCustomId(component.custom_id)?.call.options.story;
      if (story && !stories.has(String(story))) stories.set(String(story), boldText(above));
      visit(component.components ?? []);
    }
  };
  visit((components ?? []) as Component[]);
  return [...stories].map(([story, headline]) => ({ story, headline }));
}

function boldText(markdown: string): string {
  const bold = /\*\*((?:\\.|[^\\])+?)\*\*/s.exec(markdown)?.[1] ?? '';
  return bold.replace(/\\(.)/gs, '$1');
}
