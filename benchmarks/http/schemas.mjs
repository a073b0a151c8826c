/** The zod schemas of the peers that have no validation of their own. Made when asked for: startup is measured, too. */
import { z } from "zod";

/** Text of a query or path that is an integer. */
export const IntegerText = z
  .string()
  .regex(/^-?\d+$/)
  .transform(Number)
  .pipe(z.number().int());

export const ItemParameters = z.object({
  id: IntegerText,
  limit: IntegerText.pipe(z.number().max(100)),
  q: z.string(),
});

export const Order = z.object({
  customer: z.object({
    name: z.string(),
    email: z.string(),
    address: z.object({ street: z.string(), city: z.string(), zip: z.string() }),
  }),
  lines: z.array(z.object({ sku: z.string(), quantity: z.number().int().positive(), price: z.number() })),
  express: z.boolean(),
  note: z.string(),
});

export const Products = z.array(
  z.object({
    id: z.number().int(),
    sku: z.string(),
    name: z.string(),
    description: z.string(),
    price: z.number(),
    inStock: z.boolean(),
    tags: z.array(z.string()),
  }),
);

export const SessionCookies = z.object({ session_id: z.string().optional() });
