const DAY = 86_400_000;
/** Hangul and Han take about a token a character, Latin a quarter: this errs on the dear side. */
const TOKENS_PER_CHARACTER = 0.6;
/** The most a model may write for one summary. */
export const MOST_OUTPUT_TOKENS = 1000;

interface Prompt {
  instructions: string;
  prompt: string;
}

export interface TokenBudget {
  /** Whether the day still has room for this request; if so, it is set aside. */
  reserve(prompt: Prompt, now: number): boolean;
  /** Replaces what was set aside by what was used; where the endpoint counts nothing, the guess stays. */
  spend(prompt: Prompt, used: { inputTokens: number; outputTokens: number }, now: number): void;
}

/** Tokens of one UTC day. */
export function createTokenBudget(perDay: number): TokenBudget {
  let day = -1;
  let spent = 0;
  const today = (now: number) => {
    const current = Math.floor(now / DAY);
    if (current !== day) [day, spent] = [current, 0];
  };
  return {
    reserve(prompt, now) {
      today(now);
      if (spent + guess(prompt) > perDay) return false;
      spent += guess(prompt);
      return true;
    },
    spend(prompt, { inputTokens, outputTokens }, now) {
      today(now);
      const used = inputTokens + outputTokens;
      if (used > 0) spent += used - guess(prompt);
    },
  };
}

function guess({ instructions, prompt }: Prompt): number {
  return Math.ceil((instructions.length + prompt.length) * TOKENS_PER_CHARACTER) + MOST_OUTPUT_TOKENS;
}
