// Cumulative normal distribution to double precision (Hart 1968, algorithm 5666; West 2005).
const OVER = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const UNDER = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

/** @param {number[]} of @param {number} x */
const polynomial = (of, x) => of.reduce((sum, one) => sum * x + one, 0);

/** Chance that a standard normal number is below z. @param {number} z */
export function normal(z) {
  const x = Math.abs(z);
  if (x > 37) return z > 0 ? 1 : 0;
  const bell = Math.exp((-x * x) / 2);
  const tail =
    x < 7.07106781186547
      ? (bell * polynomial(OVER, x)) / polynomial(UNDER, x)
      : bell / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / 2.506628274631;
  return z > 0 ? 1 - tail : tail;
}
