import { Controller, Get, Module } from "@nestjs/common";
import { products } from "../../data.mjs";
import { Products } from "../../schemas.mjs";

@Controller("/products")
class Catalogue {
  @Get()
  list() {
    return Products.parse(products);
  }
}

@Module({ controllers: [Catalogue] })
class CatalogueModule {}

export { CatalogueModule as module };
