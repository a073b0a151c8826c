import { Body, Controller, Module, Post } from "@nestjs/common";
import type { z } from "zod";
import { confirmOrder } from "../../data.mjs";
import { Order } from "../../schemas.mjs";
import { ZodPipe } from "./zod-pipe.ts";

@Controller("/orders")
class Orders {
  @Post()
  place(@Body(new ZodPipe(Order)) order: z.output<typeof Order>) {
    return confirmOrder(order);
  }
}

@Module({ controllers: [Orders] })
class OrdersModule {}

export { OrdersModule as module };
