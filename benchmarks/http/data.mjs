/** What every server of a workload answers with: the same objects, so that no peer wins by answering less. */

export const greeting = { message: "Hello, World!" };

/** Whom a session cookie belongs to, and what is known about them. */
export const sessions = new Map([["4f8c2e61a7d94b3c8e5f", 7]]);
export const users = new Map([[7, { id: 7, name: "Alice", active: true }]]);

/** Fifty objects, about 10 KB; `cost` is what the response schema leaves out. */
const assembled = Array.from({ length: 50 }, (_, index) => ({
  id: index + 1,
  sku: `SKU-${10_000 + index}`,
  name: `Product number ${index + 1}`,
  description: `A reliable product for everyday use, variant ${index + 1}, shipped in a plain box.`,
  price: 10 + index / 4,
  inStock: index % 3 !== 0,
  tags: ["new", "sale", `group-${index % 7}`],
  cost: 5 + index / 8,
}));

/** As a database would give them: with text that is whole, which else the first server to read it would have to join. */
export const products = JSON.parse(JSON.stringify(assembled));

/** The paths of 1,000 GET routes. Shape: `/api/v1/resource0`, `/api/v1/resource0/:id`, `/api/v1/resource0/:id/items`, … */
export const thousandPaths = Array.from({ length: 250 }, (_, index) => `/api/v1/resource${index}`).flatMap((path) => [
  path,
  `${path}/:id`,
  `${path}/:id/items`,
  `${path}/:id/items/:item`,
]);

/** What an order comes to, and what is answered. */
export function confirmOrder(order) {
  let total = 0;
  for (const { price, quantity } of order.lines) total += price * quantity;
  return { id: 1001, customer: order.customer.name, lines: order.lines.length, total };
}
