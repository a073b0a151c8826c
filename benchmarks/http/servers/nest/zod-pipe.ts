import { UnprocessableEntityException, type PipeTransform } from "@nestjs/common";
import type { z } from "zod";

/** Nest's documented way of validating with zod. */
export class ZodPipe<Schema extends z.ZodType> implements PipeTransform<unknown, z.output<Schema>> {
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  transform(value: unknown): z.output<Schema> {
    const result = this.#schema.safeParse(value);
    if (result.success) return result.data;
    throw new UnprocessableEntityException(result.error.issues);
  }
}
