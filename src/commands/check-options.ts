import { nearest } from '../text/nearest.ts';
import { isRequired, type OptionSpec, type Options, type OptionValue } from './command.ts';

/** An option that cannot be used, as said to the person who typed it. */
export interface OptionProblem {
  spec: OptionSpec;
  code:
    | 'missing'
    | 'not-a-number'
    | 'too-small'
    | 'too-large'
    | 'too-long'
    | 'not-a-choice'
    | 'not-yes-or-no';
  /** What was typed. */
  typed: string;
  /** The valid value most likely meant. */
  suggestion: string | null;
}

const YES = new Set(['true', 'yes', 'y', 'on', '1', 'да', '예', '네']);
const NO = new Set(['false', 'no', 'n', 'off', '0', 'нет', '아니요', '아니오']);

/**
 * Types and bounds of what a platform delivered, also from buttons and forms where all is text. Options that the
 * command does not have (a button of an older version) are left out.
 */
export function checkOptions(
  specs: readonly OptionSpec[],
  given: Options,
): { options: Options } | { problem: OptionProblem } {
  const options: Options = {};
  for (const spec of specs) {
    const raw = given[spec.name];
    const value = typeof raw === 'string' ? raw.trim() : raw;
    if (value === undefined || value === '') {
      if (isRequired(spec, given)) return { problem: problem(spec, 'missing', '') };
      continue;
    }
    const checked = checkValue(spec, value);
    if (typeof checked === 'object') return { problem: checked };
    options[spec.name] = checked;
  }
  return { options };
}

function checkValue(spec: OptionSpec, value: OptionValue): OptionValue | OptionProblem {
  const text = String(value);
  switch (spec.type) {
    case 'integer': {
      const n = typeof value === 'number' ? value : /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      if (!Number.isSafeInteger(n)) return problem(spec, 'not-a-number', text);
      if (spec.min !== undefined && n < spec.min) return problem(spec, 'too-small', text, String(spec.min));
      if (spec.max !== undefined && n > spec.max) return problem(spec, 'too-large', text, String(spec.max));
      return n;
    }
    case 'boolean': {
      if (typeof value === 'boolean') return value;
      const word = text.toLowerCase();
      return YES.has(word) ? true : NO.has(word) ? false : problem(spec, 'not-yes-or-no', text);
    }
    case 'choice': {
      const choices = spec.choices ?? [];
      const lower = text.toLowerCase();
      const found = choices.find(
        ({ value: v, label }) =>
          v === text || [v, ...Object.values(label)].some((word) => word.toLowerCase() === lower),
      );
      if (found) return found.value;
      const values = choices.map((choice) => choice.value);
      return problem(spec, 'not-a-choice', text, nearest(lower, values));
    }
    default: {
      const most = spec.type === 'file' ? LONGEST_FILE : (spec.maxLength ?? LONGEST_TEXT);
      return text.length > most ? problem(spec, 'too-long', text) : text;
    }
  }
}

const LONGEST_TEXT = 2000;
const LONGEST_FILE = 1024 * 1024;

function problem(
  spec: OptionSpec,
  code: OptionProblem['code'],
  typed: string,
  suggestion: string | null = null,
): OptionProblem {
  return { spec, code, typed: typed.slice(0, 100), suggestion };
}
