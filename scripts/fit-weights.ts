import { FEATURES, type Features } from '../src/topics/feature-names.ts';

export interface Example {
  features: Features;
  relevant: boolean;
  /** How much it counts. */
  weight: number;
}

/** Strength of the pull towards zero (ridge), in examples' worth: few weights, fitted with restraint. */
const RIDGE = 0.5;
const ROUNDS = 60;

/** Weights of a logistic regression with ridge, by Newton's method; the bias is not pulled. */
export function fitWeights(examples: readonly Example[]): Features & { bias: number } {
  const n = FEATURES.length + 1;
  const rows = examples.map((e) => [1, ...FEATURES.map((name) => e.features[name])]);
  const w = new Float64Array(n);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = new Float64Array(n);
    const hessian = Array.from({ length: n }, () => new Float64Array(n));
    examples.forEach((example, r) => {
      const x = rows[r]!;
      let z = 0;
      for (let i = 0; i < n; i++) z += w[i]! * x[i]!;
      const p = 1 / (1 + Math.exp(-z));
      const error = example.weight * (p - (example.relevant ? 1 : 0));
      const curve = example.weight * p * (1 - p);
      for (let i = 0; i < n; i++) {
        gradient[i]! += error * x[i]!;
        for (let j = 0; j < n; j++) hessian[i]![j]! += curve * x[i]! * x[j]!;
      }
    });
    for (let i = 0; i < n; i++) {
      if (i > 0) gradient[i]! += RIDGE * w[i]!;
      hessian[i]![i]! += i > 0 ? RIDGE : 1e-9;
    }
    const step = solve(hessian, gradient);
    for (let i = 0; i < n; i++) w[i]! -= step[i]!;
    if (step.every((s) => Math.abs(s) < 1e-7)) break;
  }
  const named = Object.fromEntries(FEATURES.map((name, i) => [name, w[i + 1]!]));
  return { bias: w[0]!, ...(named as Features) };
}

/** Gaussian elimination with partial pivoting. */
function solve(a: Float64Array[], b: Float64Array): Float64Array {
  const n = b.length;
  const rows = a.map((row, i) => Float64Array.from([...row, b[i]!]));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++)
      if (Math.abs(rows[r]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = r;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    for (let r = column + 1; r < n; r++) {
      const factor = rows[r]![column]! / rows[column]![column]!;
      for (let c = column; c <= n; c++) rows[r]![c]! -= factor * rows[column]![c]!;
    }
  }
  const x = new Float64Array(n);
  for (let r = n - 1; r >= 0; r--) {
    let sum = rows[r]![n]!;
    for (let c = r + 1; c < n; c++) sum -= rows[r]![c]! * x[c]!;
    x[r] = sum / rows[r]![r]!;
  }
  return x;
}
