const shown = 30;

/** Prints the groups of all peers side by side, then the files and functions of each that cost most. */
export function printProfiles(workload, profiles) {
  console.log(`${workload}: µs of one request, self time\n`);
  printLine(
    "",
    profiles.map(({ peer }) => peer),
  );
  printLine(
    "total",
    profiles.map(({ total }) => toText(total)),
  );
  for (const group of groupsOf(profiles))
    printLine(
      group,
      profiles.map(({ groups }) => toText(groups.get(group))),
    );
  for (const { peer, files, functions } of profiles) {
    printLargest(`${peer}, by file`, files);
    printLargest(`${peer}, by function`, functions);
  }
}

function groupsOf(profiles) {
  const names = new Set(profiles.flatMap(({ groups }) => [...groups.keys()]));
  const largest = (name) => Math.max(...profiles.map(({ groups }) => groups.get(name) ?? 0));
  return [...names].toSorted((one, other) => largest(other) - largest(one));
}

function printLargest(title, sums) {
  const largest = [...sums].toSorted(([, one], [, other]) => other - one).slice(0, shown);
  console.log(`\n${title}`);
  for (const [name, microseconds] of largest) if (microseconds >= 0.02) console.log(`  ${toText(microseconds)}  ${name}`);
}

function printLine(title, cells) {
  console.log(`${title.padEnd(32)}${cells.map((cell) => cell.padStart(12)).join("")}`);
}

function toText(microseconds) {
  return microseconds === undefined ? "-" : microseconds.toFixed(2).padStart(6);
}
