/** The middle of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * The 95 % interval of the median, by ranks: it assumes nothing about how the numbers are spread. Below six numbers there is
 * none, and their whole range is given.
 *
 * Source: W. J. Conover, Practical Nonparametric Statistics, §3.2.
 */
export function medianInterval(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  const cut = Math.max(0, Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2));
  return [sorted[cut], sorted[sorted.length - 1 - cut]];
}

/** Shape: of 2 and 8 it is 4. */
export function geometricMean(numbers) {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}
