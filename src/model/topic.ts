/** What a text is: state media is a mark of the outlet, not a kind. */
export type Kind = 'report' | 'analysis' | 'opinion' | 'roundup' | 'statement';
export const KINDS: readonly Kind[] = ['report', 'analysis', 'opinion', 'roundup', 'statement'];

/** Why a verdict is what it is. `weight` is its part of the score's logit; `text` is the matched words or sentence, verbatim. */
export interface Reason {
  code: string;
  text?: string;
  side?: string;
  entity?: string;
  weight?: number;
  /** UTF-16 offsets in the title (`in: title`) or text. */
  in?: 'title' | 'text';
  start?: number;
  end?: number;
}

/** What a topic says of one revision of an article. */
export interface Verdict {
  /** The topic's slug. */
  topic: string;
  /** 0 to 1. */
  score: number;
  relevant: boolean;
  kind: Kind;
  /** Theme slugs of the topic, strongest first. */
  themes: string[];
  /** Entity slugs named in the text (`kim-jong-un`), for `entity:` and for grouping across languages. */
  entities: string[];
  /** Side slugs named in the text (`russia`), for `side:`. */
  sides: string[];
  reasons: Reason[];
}
