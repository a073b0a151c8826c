import { Controller, Get, Module, Param } from "@nestjs/common";

/** 250 controllers with the four paths of `thousandPaths` each. */
function resourceController(index: number) {
  @Controller(`/api/v1/resource${index}`)
  class Resource {
    @Get()
    all() {
      return {};
    }
    @Get(":id")
    one(@Param("id") id: string) {
      return { id };
    }
    @Get(":id/items")
    items(@Param("id") id: string) {
      return { id };
    }
    @Get(":id/items/:item")
    item(@Param("id") id: string) {
      return { id };
    }
  }
  return Resource;
}

@Module({ controllers: Array.from({ length: 250 }, (_, index) => resourceController(index)) })
class ResourcesModule {}

export { ResourcesModule as module };
