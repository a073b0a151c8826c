/**
 * Why a constraint could take exponential time on a hostile path, or undefined. Meant for a warning: it looks for a
 * repeated group that itself repeats something (a star height over 1), and such an expression can still be harmless.
 *
 * Shape:  `riskyConstraint("(a+)+")` gives `"\"(a+)+\" repeats a group that itself repeats …"`.
 * Source: PA-11; star height as safe-regex measures it.
 */
export function riskyConstraint(source: string): string | undefined {
  const opened: Group[] = [];
  let group: Group = { start: 0, repeats: false };
  for (let at = 0; at < source.length; at = endOfAtom(source, at)) {
    if (source[at] === "(") {
      opened.push(group);
      group = { start: at, repeats: false };
    } else if (source[at] === ")") {
      const isRepeated = isUnboundedAt(source, at + 1);
      if (group.repeats && isRepeated) return explain(source.slice(group.start, endOfQuantifier(source, at + 1)));
      const outer = opened.pop() ?? { start: 0, repeats: false };
      group = { start: outer.start, repeats: outer.repeats || group.repeats || isRepeated };
    } else if (isUnboundedAt(source, at)) {
      group.repeats = true;
    }
  }
  return undefined;
}

interface Group {
  readonly start: number;
  /** Whether anything in it is repeated without a bound. */
  repeats: boolean;
}

/** A class and an escape are skipped whole: the signs in them repeat nothing. */
function endOfAtom(source: string, at: number): number {
  if (source[at] === "\\") return at + 2;
  if (source[at] !== "[") return at + 1;
  const [text = ""] = /^\[(?:\\.|[^\]\\])*\]?/su.exec(source.slice(at)) ?? [];
  return at + text.length;
}

const unbounded = /^(?:[*+]|\{\d+,\})/;

function isUnboundedAt(source: string, at: number): boolean {
  return unbounded.test(source.slice(at));
}

function endOfQuantifier(source: string, at: number): number {
  return at + (unbounded.exec(source.slice(at))?.[0].length ?? 0);
}

function explain(part: string): string {
  return `"${part}" repeats a group that itself repeats: a text can be divided in exponentially many ways, and a hostile path makes the match try them all (ReDoS)`;
}
