/** Something did not answer in time. */
export class TimeLimitError extends Error {
  override readonly name = "TimeLimitError";
}

/** The promise, or an error when it takes longer. What it gives later is nobody's: it cannot be taken for another's (OP-05). */
export async function withTimeLimit<T>(promise: Promise<T>, limitMs: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeLimitError(`${what} did not answer within ${limitMs} ms`)), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
