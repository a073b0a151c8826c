import { Controller, Get, Path, Query } from "madeleine";
import { z } from "zod";

@Controller("/items")
class Items {
  @Get("/:id")
  read(@Path(z.number().int()) id: number, @Query(z.number().int().max(100)) limit: number, @Query(z.string()) q: string) {
    return { id, limit, q };
  }
}

export const options = { controllers: [Items] };
