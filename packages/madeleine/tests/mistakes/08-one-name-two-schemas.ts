// mistake 8: one query name is read with two schemas
// caught: boot CONFLICTING_PARAMETERS
import { App, Controller, Get, Query } from "madeleine";
import { z } from "zod";

@Controller()
class Items {
  @Get("/items")
  list(@Query("page", z.number()) page: number, @Query("page", z.string()) text: string) {
    return [page, text];
  }
}

export const app = new App({ controllers: [Items] });
