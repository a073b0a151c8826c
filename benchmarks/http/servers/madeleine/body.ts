import { Body, Controller, Post } from "madeleine";
import type { z } from "zod";
import { confirmOrder } from "../../data.mjs";
import { Order } from "../../schemas.mjs";

@Controller("/orders")
class Orders {
  @Post("/", { status: 201 })
  place(@Body(Order) order: z.output<typeof Order>) {
    return confirmOrder(order);
  }
}

export const options = { controllers: [Orders] };
