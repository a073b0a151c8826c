// mistake 11: the declared type has drifted from the schema
// caught: compiler TS1239
import { App, Body, Controller, Post } from "madeleine";
import { z } from "zod";

const Item = z.object({ id: z.number() });

@Controller()
class Items {
  @Post("/items")
  create(@Body(Item) item: { id: string }) {
    return item.id;
  }
}

export const app = new App({ controllers: [Items] });
