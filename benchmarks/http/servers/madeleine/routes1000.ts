import { Controller, Get, Path } from "madeleine";

/** 250 controllers with the four paths of `thousandPaths` each. */
function resourceController(index: number) {
  @Controller(`/api/v1/resource${index}`)
  class Resource {
    @Get("/")
    all() {
      return {};
    }
    @Get("/:id")
    one(@Path() id: string) {
      return { id };
    }
    @Get("/:id/items")
    items(@Path() id: string) {
      return { id };
    }
    @Get("/:id/items/:item")
    item(@Path() id: string, @Path("item") _item: string) {
      return { id };
    }
  }
  return Resource;
}

export const options = { controllers: Array.from({ length: 250 }, (_, index) => resourceController(index)) };
