import { Controller, Get } from "madeleine";
import { products } from "../../data.mjs";
import { Products } from "../../schemas.mjs";

@Controller("/products")
class Catalogue {
  @Get("/", { response: Products })
  list() {
    return products;
  }
}

export const options = { controllers: [Catalogue] };
