export interface Example {
  features: Float64Array;
  same: number;
  weight: number;
}

/** Ridge logistic regression by Newton's method on scaled features. */
export function fitLogistic(examples: readonly Example[], ridge = 1e-3, steps = 12): Float64Array {
  const d = examples[0]?.features.length ?? 0;
  const scale = new Float64Array(d);
  let total = 0;
  for (const { features, weight } of examples) {
    total += weight;
    for (let j = 0; j < d; j++) scale[j]! += weight * features[j]! ** 2;
  }
  for (let j = 0; j < d; j++) scale[j] = Math.sqrt(scale[j]! / total) || 1;
  const w = new Float64Array(d);
  for (let step = 0; step < steps; step++) {
    const gradient = new Float64Array(d);
    const hessian = Array.from({ length: d }, () => new Float64Array(d));
    const x = new Float64Array(d);
    for (const { features, same, weight } of examples) {
      let z = 0;
      for (let j = 0; j < d; j++) {
        x[j] = features[j]! / scale[j]!;
        z += w[j]! * x[j]!;
      }
      const p = 1 / (1 + Math.exp(-z));
      const curve = Math.max(1e-4, p * (1 - p)) * weight;
      for (let j = 0; j < d; j++) {
        gradient[j]! += weight * (p - same) * x[j]!;
        const row = hessian[j]!;
        for (let k = 0; k <= j; k++) row[k]! += curve * x[j]! * x[k]!;
      }
    }
    for (let j = 0; j < d; j++) {
      gradient[j]! += ridge * total * w[j]!;
      hessian[j]![j]! += ridge * total;
    }
    const move = solve(hessian, gradient);
    for (let j = 0; j < d; j++) w[j]! -= move[j]!;
  }
  return w.map((value, j) => value / scale[j]!);
}

/** Solves a symmetric positive definite system, given its lower half (Cholesky). */
function solve(lower: readonly Float64Array[], right: Float64Array): Float64Array {
  const d = right.length;
  for (let i = 0; i < d; i++)
    for (let j = 0; j <= i; j++) {
      let sum = lower[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      lower[i]![j] = i === j ? Math.sqrt(sum) : sum / lower[j]![j]!;
    }
  const y = Float64Array.from(right);
  for (let i = 0; i < d; i++) {
    for (let k = 0; k < i; k++) y[i]! -= lower[i]![k]! * y[k]!;
    y[i]! /= lower[i]![i]!;
  }
  for (let i = d - 1; i >= 0; i--) {
    for (let k = i + 1; k < d; k++) y[i]! -= lower[k]![i]! * y[k]!;
    y[i]! /= lower[i]![i]!;
  }
  return y;
}
