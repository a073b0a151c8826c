import { Controller, Get, Module, Param, Query } from "@nestjs/common";
import { z } from "zod";
import { IntegerText } from "../../schemas.mjs";
import { ZodPipe } from "./zod-pipe.ts";

@Controller("/items")
class Items {
  @Get(":id")
  read(
    @Param("id", new ZodPipe(IntegerText)) id: number,
    @Query("limit", new ZodPipe(IntegerText.pipe(z.number().max(100)))) limit: number,
    @Query("q", new ZodPipe(z.string())) q: string,
  ) {
    return { id, limit, q };
  }
}

@Module({ controllers: [Items] })
class ItemsModule {}

export { ItemsModule as module };
