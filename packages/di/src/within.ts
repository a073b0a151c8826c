/**
 * A promise that is waited for no longer than this.
 *
 * Errors: what `late` makes, when the time is over; what the promise does afterwards is nobody's concern then. Infinity waits for ever.
 */
export async function within<V>(promise: PromiseLike<V>, ms: number, late: () => Error): Promise<V> {
  if (!(ms < longestMs)) return promise;
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([promise, overdue]);
  } finally {
    clearTimeout(timer);
  }
}

const longestMs = 2 ** 31; // a timer of more would go off at once
