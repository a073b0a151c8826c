import { dependency, Graph, runBatches, toParam, Unwinding } from "@madeleine/di";

const source = { kind: "source", label: "Input()", named: () => source, read: (input) => input };
const Input = toParam(source);
const step = ({ value }) => ({ value: value.value + 1 });
const begin = ({ value }) => ({ value });
export let kept; // so that no result can be left out

export const chains = [3, 10].map((length) => [`a chain of ${length}`, byHand(length), planned(length)]);

function byHand(length) {
  const functions = Array.from({ length }, (_, index) => (index === 0 ? begin : step));
  const [a, b, c, d, e, f, g, h, i, j] = functions;
  const call = (fn, value) => fn({ value });
  const run =
    length === 3
      ? (input) => (kept = call(c, call(b, call(a, input))))
      : (input) => (kept = call(j, call(i, call(h, call(g, call(f, call(e, call(d, call(c, call(b, call(a, input)))))))))));
  return { run, isAsync: false };
}

/** As a compiled handler runs it: an array of values, batches, no promise. */
function planned(length) {
  let last = dependency({ value: Input }, begin);
  for (let count = 1; count < length; count++) last = dependency({ value: last }, step);
  const plan = new Graph().plan([[{ need: last, where: "the benchmark" }]]);
  const [{ sources, batches, slots }] = plan.phases;
  const run = (input) => {
    const values = plan.template.slice();
    values[sources[0].slot] = input;
    runBatches(batches, values, new Unwinding());
    kept = values[slots[0]];
  };
  return { run, isAsync: false };
}
