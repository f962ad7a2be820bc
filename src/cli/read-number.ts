import { InvalidArgumentError } from 'commander';

/** An id or a count on the command line. @throws InvalidArgumentError, which ends the verb with exit 2 */
export function readNumber(text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new InvalidArgumentError(`"${text}" is not a whole number above 0.`);
}
